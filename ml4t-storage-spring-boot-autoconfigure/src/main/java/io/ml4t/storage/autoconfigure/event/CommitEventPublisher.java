package io.ml4t.storage.autoconfigure.event;

import io.ml4t.storage.filesystem.FileSystemStorage;
import java.util.List;
import java.util.Map;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.SmartLifecycle;

/**
 * Publishes the commits of stores as application events, from when each store was opened on. Starts
 * before the web server and stops after it.
 */
final class CommitEventPublisher implements SmartLifecycle {
  private final List<CommitFeed> feeds;
  private volatile boolean running;

  CommitEventPublisher(Map<String, FileSystemStorage> stores, ApplicationEventPublisher events) {
    feeds =
        stores.entrySet().stream()
            .map(store -> new CommitFeed(store.getKey(), store.getValue(), events))
            .toList();
  }

  @Override
  public int getPhase() {
    return DEFAULT_PHASE - 4096;
  }

  @Override
  public boolean isRunning() {
    return running;
  }

  @Override
  public void start() {
    running = true;
    feeds.forEach(CommitFeed::start);
  }

  @Override
  public void stop() {
    running = false;
    feeds.forEach(CommitFeed::stop);
  }
}
