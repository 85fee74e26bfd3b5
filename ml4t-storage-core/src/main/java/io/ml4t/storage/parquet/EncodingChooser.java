package io.ml4t.storage.parquet;

import io.ml4t.storage.frame.ColumnType;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Chooses the encoding of a column by its data. A long column is tried on a sample: whichever is
 * smallest once compressed. A short one, where a trial would cost as much as the page, goes by its
 * size before compression.
 */
final class EncodingChooser {
  private static final int SAMPLE = 8192;

  /** Entries of a dictionary: more would not stay in a reader's cache. */
  private static final int MAX_DICTIONARY = 1 << 16;

  /** A later candidate, which is slower to read, must be smaller by so much. */
  private static final double WORTH = 0.95;

  private static final ValueEncoder PLAIN = new ValueEncoder.Plain();
  private static final ValueEncoder DELTA = new ValueEncoder.Delta();
  private static final ValueEncoder SPLIT = new ValueEncoder.Split();

  private final PageCompressor compressor;
  private final Scratch scratch;

  EncodingChooser(PageCompressor compressor, Scratch scratch) {
    this.compressor = compressor;
    this.scratch = scratch;
  }

  ValueEncoder choose(ColumnValues values) throws IOException {
    if (values.count() == 0 || values.type() == ColumnType.BOOLEAN) {
      return PLAIN;
    }
    if (values.type() == ColumnType.STRING) {
      ValueEncoder dictionary = textDictionary(values);
      return dictionary != null ? dictionary : PLAIN;
    }
    boolean floating = values.type() == ColumnType.DOUBLE || values.type() == ColumnType.FLOAT;
    List<ValueEncoder> candidates = new ArrayList<>(3);
    candidates.add(PLAIN);
    candidates.add(floating ? SPLIT : DELTA);
    if (values.type() != ColumnType.TIMESTAMP) {
      ValueEncoder dictionary = dictionary(values);
      if (dictionary != null) {
        candidates.add(0, dictionary);
      }
    }
    return smallest(candidates, values);
  }

  private ValueEncoder smallest(List<ValueEncoder> candidates, ColumnValues values)
      throws IOException {
    ValueEncoder best = PLAIN;
    double least = Double.MAX_VALUE;
    for (ValueEncoder candidate : candidates) {
      double size = size(candidate, values);
      if (size < least * WORTH) {
        least = size;
        best = candidate;
      }
    }
    return best;
  }

  /** The bytes that the column would take, about. */
  private double size(ValueEncoder encoder, ColumnValues values) throws IOException {
    int count = Math.min(values.count(), SAMPLE);
    int from = (values.count() - count) / 2;
    boolean trial = values.count() >= SAMPLE;
    double scale = (double) values.count() / count;
    double size = scale * sampleSize(encoder, values, from, count, trial);
    if (encoder instanceof ValueEncoder.Dictionary dictionary) {
      ColumnValues entries = dictionary.entries();
      int sample = Math.min(entries.count(), SAMPLE);
      size += (double) entries.count() / sample * sampleSize(PLAIN, entries, 0, sample, trial);
    }
    return size;
  }

  private int sampleSize(
      ValueEncoder encoder, ColumnValues values, int from, int count, boolean trial)
      throws IOException {
    Sink sink = scratch.trial;
    sink.clear();
    encoder.encode(values, from, count, sink);
    return trial ? compressor.compressedSize(sink, scratch) : sink.size();
  }

  private @Nullable ValueEncoder dictionary(ColumnValues values) {
    int[] ids = scratch.ids(values.count());
    LongDictionary dictionary = scratch.dictionary;
    int limit = Math.min(MAX_DICTIONARY, values.count() / 2);
    if (!dictionary.build(values.bits(), values.count(), ids, limit)) {
      return null;
    }
    return new ValueEncoder.Dictionary(
        ids,
        new ColumnValues(
            values.type(), values.width(), dictionary.values(), values.texts(), dictionary.size()));
  }

  private @Nullable ValueEncoder textDictionary(ColumnValues values) {
    int[] ids = scratch.ids(values.count());
    Map<String, Integer> numbers = new HashMap<>();
    String[] entries = new String[16];
    for (int i = 0; i < values.count(); i++) {
      String text = values.texts()[i];
      Integer id = numbers.putIfAbsent(text, numbers.size());
      if (id == null) {
        id = numbers.size() - 1;
        if (id == entries.length) {
          entries = Arrays.copyOf(entries, id * 2);
        }
        entries[id] = text;
        if (id > MAX_DICTIONARY || id > values.count() / 2) {
          return null;
        }
      }
      ids[i] = id;
    }
    return new ValueEncoder.Dictionary(
        ids, new ColumnValues(values.type(), 0, values.bits(), entries, numbers.size()));
  }
}
