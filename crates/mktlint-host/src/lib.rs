//! The one door to the world: configuration, discovery, reading, caching, running.
