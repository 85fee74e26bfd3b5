package io.ml4t.storage.benchmarks;

import io.ml4t.storage.frame.DataFrame;
import java.nio.file.Path;

/**
 * What an engine is given to write.
 *
 * @param frame the data
 * @param file the same as a Parquet file, for engines that keep tables of their own
 */
record Sample(DataFrame frame, Path file) {}
