package io.ml4t.storage.parquet;

/**
 * How files are written.
 *
 * @param byteStreamSplit whether {@link ByteStreamSplit} may be chosen
 */
record WriteSettings(PageCompressor compressor, boolean byteStreamSplit) {}
