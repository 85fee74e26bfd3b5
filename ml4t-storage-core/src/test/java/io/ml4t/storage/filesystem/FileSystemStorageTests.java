package io.ml4t.storage.filesystem;

import io.ml4t.storage.Storage;
import io.ml4t.storage.StorageContract;
import java.nio.file.Path;

class FileSystemStorageTests extends StorageContract {
  @Override
  protected Storage open(Path root) {
    return FileSystemStorage.builder(root).build().blocking();
  }
}
