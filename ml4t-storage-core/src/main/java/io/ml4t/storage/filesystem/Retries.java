package io.ml4t.storage.filesystem;

import io.github.resilience4j.retry.Retry;

/**
 * How operations are tried again.
 *
 * @param lock after a lock time-out
 * @param conflict after a transaction lost against another writer
 */
record Retries(Retry lock, Retry conflict) {}
