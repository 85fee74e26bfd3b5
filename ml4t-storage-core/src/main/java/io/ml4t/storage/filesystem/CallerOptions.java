package io.ml4t.storage.filesystem;

import java.time.Duration;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * How the store deals with its callers.
 *
 * @param limits how much of them it takes on: of reads, and as much again of changes
 * @param closeTimeout how long it waits for what has begun when it is closed
 * @param decorator takes a caller's context along to other threads, null where there is none
 */
record CallerOptions(
    Admission.Limits limits, Duration closeTimeout, @Nullable UnaryOperator<Runnable> decorator) {}
