package io.ml4t.storage.autoconfigure.event;

import static org.assertj.core.api.Assertions.assertThat;

import io.ml4t.storage.Storage;
import io.ml4t.storage.StorageKey;
import io.ml4t.storage.autoconfigure.Ml4tStorageAutoConfiguration;
import io.ml4t.storage.autoconfigure.StorageFixtures;
import java.nio.file.Path;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.task.TaskExecutionAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.event.EventListener;
import org.springframework.scheduling.annotation.Async;
import org.springframework.scheduling.annotation.EnableAsync;

class Ml4tStorageEventAutoConfigurationTests {
  private static final String ON = "ml4t.storage.events.commits=true";

  @TempDir Path root;

  private ApplicationContextRunner contexts = new ApplicationContextRunner();

  @BeforeEach
  void useATemporaryRoot() {
    contexts =
        contexts
            .withConfiguration(
                AutoConfigurations.of(
                    Ml4tStorageAutoConfiguration.class, Ml4tStorageEventAutoConfiguration.class))
            .withPropertyValues("ml4t.storage.data-root=" + root);
  }

  @Test
  void commitsAreNoEventsUnlessAskedFor() {
    contexts.run(context -> assertThat(context).doesNotHaveBean(CommitEventPublisher.class));
  }

  @Test
  void eachCommitBecomesAnEvent() {
    contexts
        .withPropertyValues(ON)
        .withBean(Listener.class)
        .run(
            context -> {
              Storage storage = context.getBean(Storage.class);
              StorageKey key = storage.write(StorageFixtures.bar("AAPL"));
              storage.delete(key);
              Listener listener = context.getBean(Listener.class);
              assertThat(listener.next().commit().versions())
                  .singleElement()
                  .satisfies(version -> assertThat(version.key()).isEqualTo(key))
                  .satisfies(version -> assertThat(version.deleted()).isFalse());
              CommitEvent deletion = listener.next();
              assertThat(deletion.store()).isEqualTo("default");
              assertThat(deletion.commit().versions().get(0).deleted()).isTrue();
            });
  }

  @Test
  void commitsBeforeTheStartAreNoEvents() {
    contexts.run(context -> context.getBean(Storage.class).write(StorageFixtures.bar("OLD")));
    contexts
        .withPropertyValues(ON)
        .withBean(Listener.class)
        .run(
            context -> {
              StorageKey key = context.getBean(Storage.class).write(StorageFixtures.bar("NEW"));
              assertThat(context.getBean(Listener.class).next().commit().versions().get(0).key())
                  .isEqualTo(key);
            });
  }

  @Test
  void aListenerThatThrowsMissesNoFurtherCommit() {
    contexts
        .withPropertyValues(ON)
        .withBean(BrokenListener.class)
        .run(
            context -> {
              Storage storage = context.getBean(Storage.class);
              storage.write(StorageFixtures.bar("AAPL"));
              storage.write(StorageFixtures.bar("MSFT"));
              BrokenListener listener = context.getBean(BrokenListener.class);
              assertThat(listener.next().commit().sequence()).isEqualTo(1);
              assertThat(listener.next().commit().sequence()).isEqualTo(2);
            });
  }

  @Test
  void anAsyncListenerRunsOnBootsExecutor() {
    contexts
        .withConfiguration(AutoConfigurations.of(TaskExecutionAutoConfiguration.class))
        .withUserConfiguration(AsyncListener.class)
        .withPropertyValues(ON, "spring.task.execution.thread-name-prefix=boot-")
        .run(
            context -> {
              context.getBean(Storage.class).write(StorageFixtures.bar("AAPL"));
              assertThat(context.getBean(AsyncListener.class).thread()).startsWith("boot-");
            });
  }

  @Test
  void aPublisherOfTheUserWins() {
    contexts
        .withPropertyValues(ON)
        .withBean("ml4tStorageCommitEvents", Object.class)
        .run(context -> assertThat(context).doesNotHaveBean(CommitEventPublisher.class));
  }

  static class Listener {
    private final BlockingQueue<CommitEvent> events = new LinkedBlockingQueue<>();

    @EventListener
    void on(CommitEvent event) {
      events.add(event);
    }

    CommitEvent next() throws InterruptedException {
      return events.poll(30, TimeUnit.SECONDS);
    }
  }

  static class BrokenListener extends Listener {
    @Override
    @EventListener
    void on(CommitEvent event) {
      super.on(event);
      throw new IllegalStateException("broken");
    }
  }

  @EnableAsync(proxyTargetClass = true)
  static class AsyncListener {
    private final BlockingQueue<String> threads = new LinkedBlockingQueue<>();

    @Async
    @EventListener
    public void on(CommitEvent event) {
      threads.add(Thread.currentThread().getName());
    }

    public String thread() throws InterruptedException {
      return threads.poll(30, TimeUnit.SECONDS);
    }
  }
}
