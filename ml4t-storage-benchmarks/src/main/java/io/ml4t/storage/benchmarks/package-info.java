/**
 * Measures the store beside what a user would pick instead.
 *
 * <p>A {@link io.ml4t.storage.benchmarks.Contest} times all contestants of one question in turn,
 * round after round, so that whatever else the machine does meets them all; what counts is the
 * ratio of medians. {@link io.ml4t.storage.benchmarks.Comparison} asks the questions, {@link
 * io.ml4t.storage.benchmarks.Report} prints the answers, {@link
 * io.ml4t.storage.benchmarks.CodecBenchmark} is the codec alone, under JMH.
 */
@NullMarked
package io.ml4t.storage.benchmarks;

import org.jspecify.annotations.NullMarked;
