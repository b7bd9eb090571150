//! Reads contacts and says which audiences they are in, in constant memory.
