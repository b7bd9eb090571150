//! Manifests, which a change of names must not miss.

use std::sync::Arc;

use super::Snapshot;

impl Snapshot {
    /// The same moment with every manifest judged as it is now; `None` when there is no policy to judge by yet.
    ///
    /// Costs a judgement for each manifest that is open, or was not judged since it changed.
    pub fn with_manifests(&self) -> Option<Self> {
        self.moment.store.lock().standard.as_ref()?;
        let files = &self.moment.files;
        let manifests = files.listing.files.iter().filter(|(_, candidate)| candidate.is_manifest);
        for (file, candidate) in manifests {
            // One that has changed on disk may not have been judged again yet.
            let version = files.version(&candidate.path);
            let known = self.moment.store.lock().verdicts.get(file).map(|known| known.key.text);
            if files.open.contains_key(&candidate.path) || known != Some(version) {
                // A policy that changes meanwhile makes the answer worthless, and waits for this snapshot.
                salsa::Database::unwind_if_revision_cancelled(&self.db);
                // It is kept for the next who asks.
                let _ = self.asset(file);
            }
        }
        let assets = Arc::clone(&self.moment.store.lock().assets);
        Some(Self { assets, ..self.clone() })
    }
}
