//! Findings for people and tools: terminal, JSON, SARIF and the rest.
