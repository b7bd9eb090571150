//! The report: how the campaigns of a workspace stand, as one page for a browser.
//!
//! [`data`] gathers what is known, [`html`] shows it with the drawings of `chart/`.

mod chart;
pub mod data;
pub mod html;
