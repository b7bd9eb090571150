//! Runs a plan over assets: findings, fixes, waivers, facts across assets.
