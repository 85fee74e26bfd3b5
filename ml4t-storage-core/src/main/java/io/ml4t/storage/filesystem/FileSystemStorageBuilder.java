package io.ml4t.storage.filesystem;

import io.github.resilience4j.retry.RetryRegistry;
import io.ml4t.storage.DataRootException;
import io.ml4t.storage.StorageException;
import io.ml4t.storage.event.StorageListener;
import io.ml4t.storage.parquet.Compression;
import io.ml4t.storage.parquet.FrameCodec;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Configures and opens a {@link FileSystemStorage}. Not thread-safe. */
public final class FileSystemStorageBuilder {
  private final Path root;
  private boolean createRoot = true;
  private Duration lockTimeout = Duration.ofSeconds(30);
  private Retries.Backoff backoff =
      new Retries.Backoff(3, Duration.ofMillis(100), Duration.ofSeconds(5));
  private @Nullable RetryRegistry retryRegistry;
  private String retryPrefix = "ml4t-storage";
  private Durability durability = Durability.FSYNC;
  private Compression compression = Compression.ZSTD;
  private int compressionLevel = 3;
  private long readCache = 32 << 20;
  private int inlineLimit = 256 * 1024;
  private int keepVersions = 3;
  private Duration minVersionAge = Duration.ofMinutes(5);
  private PlainViewMode plainView = PlainViewMode.LINK;
  private PublishMode publish = PublishMode.WITH_COMMIT;
  private int checkpointInterval = 1_000;
  private final List<StorageListener> listeners = new ArrayList<>();
  private int maxOperations = 1_024;
  private long maxBytes = Math.max(8L << 20, Runtime.getRuntime().maxMemory() / 8);
  private int maxQueue = 100_000;
  private Duration maxQueueWait = Duration.ofSeconds(30);
  private Duration closeTimeout = Duration.ofSeconds(30);
  private @Nullable UnaryOperator<Runnable> taskDecorator;
  private Clock clock = Clock.systemUTC();
  private StoreFiles files = new NioStoreFiles();

  FileSystemStorageBuilder(Path root) {
    this.root = root;
  }

  /** Sets whether a data root that does not exist is created; so it is unless set. */
  public FileSystemStorageBuilder createRoot(boolean create) {
    createRoot = create;
    return this;
  }

  /** Sets how long an operation waits for the lock of a key; 30 seconds unless set. */
  public FileSystemStorageBuilder lockTimeout(Duration timeout) {
    lockTimeout = notNegative("lock timeout", timeout);
    return this;
  }

  /**
   * Sets how an operation is tried again after a lock time-out, or a transaction after a conflict;
   * 3 attempts with delays from 100 ms to 5 s, doubling, with jitter, unless set.
   *
   * @param maxAttempts at least 1; 1 never tries again
   * @param baseDelay before the second attempt, at least 1 ms
   * @param maxDelay the longest delay, not less than the first
   */
  public FileSystemStorageBuilder retry(int maxAttempts, Duration baseDelay, Duration maxDelay) {
    require(maxAttempts >= 1, "retry attempts", maxAttempts, "at least 1");
    require(baseDelay.toMillis() >= 1, "retry base delay", baseDelay, "at least 1 ms");
    require(
        maxDelay.compareTo(baseDelay) >= 0, "retry max delay", maxDelay, "at least " + baseDelay);
    backoff = new Retries.Backoff(maxAttempts, baseDelay, maxDelay);
    return this;
  }

  /**
   * Sets where the store's two retries are registered, so that their events can be watched.
   *
   * @param prefix of their names, which end in {@code -lock} and {@code -conflict}; each store in a
   *     registry needs its own
   */
  public FileSystemStorageBuilder retryRegistry(RetryRegistry registry, String prefix) {
    retryRegistry = Objects.requireNonNull(registry);
    retryPrefix = Objects.requireNonNull(prefix);
    return this;
  }

  /** Sets what an acknowledged write survives; a power cut unless set. */
  public FileSystemStorageBuilder durability(Durability durability) {
    this.durability = Objects.requireNonNull(durability);
    return this;
  }

  /** Sets how new frames are compressed; with zstd unless set. */
  public FileSystemStorageBuilder compression(Compression compression) {
    this.compression = Objects.requireNonNull(compression);
    return this;
  }

  /** Sets how hard new frames are compressed, where the compression has levels; 3 unless set. */
  public FileSystemStorageBuilder compressionLevel(int level) {
    compressionLevel = level;
    return this;
  }

  /**
   * Sets how many bytes of the heap keep the small frames that were read last, decoded, so that
   * reading one again costs neither its file nor its decoding; 32 MiB unless set. Callers share
   * what is kept, and so must not write to its arrays.
   *
   * @param bytes 0 keeps nothing
   */
  public FileSystemStorageBuilder readCache(long bytes) {
    require(bytes >= 0, "read cache", bytes, "at least 0");
    readCache = bytes;
    return this;
  }

  /**
   * Sets the greatest frame that travels inside a commit record, in bytes; 256 KiB unless set. A
   * larger one is a file of its own.
   */
  public FileSystemStorageBuilder inlineLimit(int bytes) {
    require(bytes >= 0, "inline limit", bytes, "at least 0");
    inlineLimit = bytes;
    return this;
  }

  /** Sets how many versions of each key are kept at least; 3 unless set. */
  public FileSystemStorageBuilder keepVersions(int versions) {
    require(versions >= 1, "versions to keep", versions, "at least 1");
    keepVersions = versions;
    return this;
  }

  /**
   * Sets how long a version is kept at least after it was replaced, so that snapshots can read it;
   * 5 minutes unless set.
   */
  public FileSystemStorageBuilder minVersionAge(Duration age) {
    minVersionAge = notNegative("version age", age);
    return this;
  }

  /** Sets how the plain view shows large frames; as hard links unless set. */
  public FileSystemStorageBuilder plainView(PlainViewMode mode) {
    plainView = Objects.requireNonNull(mode);
    return this;
  }

  /** Sets when the plain view shows a commit; before the write completes unless set. */
  public FileSystemStorageBuilder publish(PublishMode mode) {
    publish = Objects.requireNonNull(mode);
    return this;
  }

  /** Sets after how many commits a checkpoint is made at the earliest; 1,000 unless set. */
  public FileSystemStorageBuilder checkpointInterval(int commits) {
    require(commits >= 1, "checkpoint interval", commits, "at least 1");
    checkpointInterval = commits;
    return this;
  }

  /** Adds someone who hears what the store does. What a listener throws is logged and ignored. */
  public FileSystemStorageBuilder listener(StorageListener listener) {
    listeners.add(Objects.requireNonNull(listener));
    return this;
  }

  /**
   * Sets how many reads are under way at a time, and how many changes; 1,024 of each unless set. A
   * call beyond them waits in line without a thread, and what it returns completes later.
   */
  public FileSystemStorageBuilder inFlight(int operations) {
    require(operations >= 1, "operations in flight", operations, "at least 1");
    maxOperations = operations;
    return this;
  }

  /**
   * Sets how much memory the frames of the reads under way take, and of the changes, about, in
   * bytes; an eighth of the greatest heap for each unless set. A call beyond it waits in line; a
   * frame that is larger gets in alone.
   */
  public FileSystemStorageBuilder bytesInFlight(long bytes) {
    require(bytes >= 1, "bytes in flight", bytes, "at least 1");
    maxBytes = bytes;
    return this;
  }

  /**
   * Sets how many calls wait in line, and for how long; beyond that they fail with {@link
   * io.ml4t.storage.StorageOverloadedException}. So do changes whose frames, with those of all
   * changes under way and in line, take more than four times the bytes that may be in flight.
   *
   * @param calls how many; 100,000 unless set
   * @param wait how long each; 30 seconds unless set. With zero, none waits
   */
  public FileSystemStorageBuilder queue(int calls, Duration wait) {
    require(calls >= 0, "calls in line", calls, "at least 0");
    maxQueue = calls;
    maxQueueWait = notNegative("wait in line", wait);
    return this;
  }

  /**
   * Sets how long {@code close()} waits for what has begun; 30 seconds unless set. What is not over
   * then is abandoned: its callers get a {@link io.ml4t.storage.StorageClosedException}, the log
   * names it, and {@link FileSystemStorage#status()} does.
   */
  public FileSystemStorageBuilder closeTimeout(Duration timeout) {
    closeTimeout = notNegative("close timeout", timeout);
    return this;
  }

  /**
   * Sets what takes a caller's context along, such as a logging context, a trace or the user's
   * identity: to its callbacks, and to what depends on the futures that the store returns. It is
   * given a task on the caller's thread, and returns one that runs it in that thread's context,
   * maybe several times and at once. It must be quick.
   */
  public FileSystemStorageBuilder taskDecorator(UnaryOperator<Runnable> decorator) {
    taskDecorator = Objects.requireNonNull(decorator);
    return this;
  }

  FileSystemStorageBuilder clock(Clock clock) {
    this.clock = clock;
    return this;
  }

  FileSystemStorageBuilder files(StoreFiles files) {
    this.files = files;
    return this;
  }

  /**
   * Opens the store: creates the data root if it does not exist and may be created, and brings the
   * index up to date after a crash. The plain view follows in the background, where the files that
   * other programs have written are adopted too: an operation on one key does so for that key, and
   * operations on all keys, a list or a snapshot, wait for it.
   *
   * @throws DataRootException if the data root is missing, is no folder or is not writable
   * @throws StorageException if its files cannot be read
   * @throws io.ml4t.storage.UnsupportedFormatException if a newer release wrote it
   * @throws io.ml4t.storage.CorruptDataException if the commit log is damaged
   */
  public FileSystemStorage build() {
    if (!createRoot && !files.exists(root)) {
      throw new DataRootException(
          root.toString(),
          DataRootException.Reason.MISSING,
          "it does not exist, and is not to be created; create it, or let the store do so",
          null);
    }
    StorageListener listener = StorageListener.guarded(listeners);
    StoreOptions options =
        new StoreOptions(
            durability,
            readCache,
            inlineLimit,
            plainView,
            publish,
            lockTimeout,
            keepVersions,
            minVersionAge,
            checkpointInterval,
            callers());
    StoreThreads threads = new StoreThreads();
    try {
      FrameCodec codec =
          FrameCodec.builder()
              .compression(compression)
              .compressionLevel(compressionLevel)
              .executor(threads.cpu)
              .build();
      Retries retries = new Retries(retryRegistry, retryPrefix, backoff, threads.timer, listener);
      return new FileSystemStorage(
          new Engine(root, files, clock, options, codec, threads, retries, listener));
    } catch (IOException e) {
      threads.close();
      throw new StorageException("Cannot open store at " + root + ": " + e, e);
    } catch (RuntimeException e) {
      threads.close();
      throw e;
    }
  }

  private CallerOptions callers() {
    return new CallerOptions(
        new Admission.Limits(maxOperations, maxBytes, maxQueue, 4 * maxBytes, maxQueueWait),
        closeTimeout,
        taskDecorator);
  }

  private static Duration notNegative(String name, Duration value) {
    require(!value.isNegative(), name, value, "not negative");
    return value;
  }

  private static void require(boolean valid, String name, Object value, String expected) {
    if (!valid) {
      throw new IllegalArgumentException(
          "Cannot set " + name + " to " + value + ": expected " + expected);
    }
  }
}
