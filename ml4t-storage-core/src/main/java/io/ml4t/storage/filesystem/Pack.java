package io.ml4t.storage.filesystem;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which small frames go into a pack, and where. They keep the order of the files that they come
 * from, so that the frames of one record are copied at once.
 */
final class Pack {
  private static final int MAX_PIECE = 1 << 20;

  private final Map<FrameLocation, FrameLocation> places = new LinkedHashMap<>();

  /**
   * A pack that is not written yet.
   *
   * @param file its name
   * @param sources where its frames are now
   */
  Pack(String file, Collection<FrameLocation> sources) {
    List<FrameLocation> ordered = new ArrayList<>(sources);
    ordered.sort(
        Comparator.comparing(FrameLocation::file).thenComparingLong(FrameLocation::offset));
    long end = 0;
    for (FrameLocation from : ordered) {
      places.put(from, new FrameLocation(file, end, from.length(), from.crc()));
      end += from.length();
    }
  }

  /** The history with its frames where the pack has them. */
  KeyHistory moved(KeyHistory history) {
    return KeyHistory.of(history.born(), history.entries().stream().map(this::moved).toList());
  }

  private Entry moved(Entry entry) {
    Entry.Frame frame = entry.frame();
    FrameLocation place = frame == null ? null : places.get(frame.location());
    return frame == null || place == null ? entry : entry.withFrame(frame.at(place));
  }

  /**
   * A part of a file that goes into the pack as it is.
   *
   * @param length in bytes, at least one frame
   */
  record Piece(String file, long offset, int length) {
    private static Piece of(FrameLocation frame) {
      return new Piece(frame.file(), frame.offset(), (int) frame.length());
    }

    private boolean isFollowedBy(FrameLocation frame) {
      return frame.file().equals(file)
          && frame.offset() == offset + length
          && length + frame.length() <= MAX_PIECE;
    }

    private Piece with(FrameLocation next) {
      return new Piece(file, offset, length + (int) next.length());
    }
  }

  /** The content of the pack, in order. */
  List<Piece> pieces() {
    List<Piece> pieces = new ArrayList<>();
    @Nullable Piece last = null;
    for (FrameLocation frame : places.keySet()) {
      if (last != null && last.isFollowedBy(frame)) {
        last = last.with(frame);
        pieces.set(pieces.size() - 1, last);
      } else {
        last = Piece.of(frame);
        pieces.add(last);
      }
    }
    return pieces;
  }
}
