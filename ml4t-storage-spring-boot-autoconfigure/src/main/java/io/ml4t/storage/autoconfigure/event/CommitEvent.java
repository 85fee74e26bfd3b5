package io.ml4t.storage.autoconfigure.event;

import io.ml4t.storage.Commit;

/**
 * A commit was made, by this process or another. Published in the order of the commits of a store,
 * on one of the store's threads, within a fraction of a second.
 *
 * @param store the name of the store
 * @param commit what has changed
 */
public record CommitEvent(String store, Commit commit) {}
