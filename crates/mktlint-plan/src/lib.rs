//! The evaluation plan: lowering, instructions, verifier, interpreter, reference evaluator.
