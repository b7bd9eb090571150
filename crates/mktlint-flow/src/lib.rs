//! How work flows from insight to live change: stages, thresholds over measured results, metrics. Pure: the host gives events and texts.
