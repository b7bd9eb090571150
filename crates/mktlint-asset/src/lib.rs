//! Asset files to typed parts whose text knows its source bytes.
