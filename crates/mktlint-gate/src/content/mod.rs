//! What a campaign says, part by part, in a normal form.
