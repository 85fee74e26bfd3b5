/**
 * Frames to and from Parquet bytes.
 *
 * <p>{@link io.ml4t.storage.parquet.FrameCodec} is the door. Behind it, from the outside in: the
 * file's layout ({@code FileReader}, {@code FileWriter}, {@code Footer}), the mapping of Parquet's
 * types to the frame's ({@code ColumnSpec}), the walk over the pages of a column ({@code
 * ChunkReader}, {@code ChunkWriter}), the encodings of values ({@code Encoding} lists them, one
 * class each), and the compression of pages ({@code BlockCodec}). Whole pages go into and out of
 * primitive arrays; there are no records.
 *
 * <p>Source of the format: <a href="https://github.com/apache/parquet-format">parquet-format</a>
 * 2.12.
 */
@NullMarked
package io.ml4t.storage.parquet;

import org.jspecify.annotations.NullMarked;
