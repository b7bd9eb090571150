//! Which approvals a change needs, has and lacks.
