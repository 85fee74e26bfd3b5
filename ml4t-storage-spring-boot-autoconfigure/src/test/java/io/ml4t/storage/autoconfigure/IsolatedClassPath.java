package io.ml4t.storage.autoconfigure;

import java.io.File;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A class path of its own, with those jars of the tests' that are asked for and no others. */
final class IsolatedClassPath {
  private final URL[] urls;

  private IsolatedClassPath(Stream<Path> paths) {
    urls = paths.map(IsolatedClassPath::url).toArray(URL[]::new);
  }

  /** The jars and folders of such names. */
  static IsolatedClassPath of(Predicate<String> names) {
    return new IsolatedClassPath(paths().filter(path -> names.test(path.getFileName().toString())));
  }

  /** All of the tests' jars and folders, after another folder. */
  static IsolatedClassPath after(Path folder) {
    return new IsolatedClassPath(Stream.concat(Stream.of(folder), paths()));
  }

  private static Stream<Path> paths() {
    return Pattern.compile(File.pathSeparator, Pattern.LITERAL)
        .splitAsStream(System.getProperty("java.class.path"))
        .map(Path::of);
  }

  /** Calls a static method, which takes and returns an array of strings. */
  String[] call(Class<?> type, String method, String... arguments) throws Exception {
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    try (URLClassLoader loader = new URLClassLoader(urls, ClassLoader.getPlatformClassLoader())) {
      thread.setContextClassLoader(loader);
      return (String[])
          loader
              .loadClass(type.getName())
              .getMethod(method, String[].class)
              .invoke(null, (Object) arguments);
    } finally {
      thread.setContextClassLoader(before);
    }
  }

  private static URL url(Path path) {
    try {
      return path.toUri().toURL();
    } catch (MalformedURLException e) {
      throw new IllegalArgumentException(e);
    }
  }
}
