package io.ml4t.storage.filesystem;

import io.ml4t.storage.DataObject;
import io.ml4t.storage.StorageKey;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Frames that are ready to be committed.
 *
 * @param changes what is to be committed, one for each frame
 * @param contents what the plain view will show
 */
record StagedFrames(List<StagedChange> changes, Map<StorageKey, PlainView.Content> contents) {

  /** Encodes frames of different keys; where one fails, nothing is left of the others. */
  static StagedFrames stage(FrameStore store, Collection<DataObject> frames) throws IOException {
    List<StagedChange> changes = new ArrayList<>(frames.size());
    Map<StorageKey, PlainView.Content> contents = new HashMap<>();
    try {
      for (DataObject frame : frames) {
        StagedChange change = store.stage(frame);
        changes.add(change);
        contents.put(frame.key(), new PlainView.Content(change.bytes(), frame.metadata().toJson()));
      }
      return new StagedFrames(changes, contents);
    } catch (IOException | RuntimeException | Error e) {
      store.discard(changes);
      throw e;
    }
  }
}
