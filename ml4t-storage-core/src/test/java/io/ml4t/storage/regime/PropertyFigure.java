package io.ml4t.storage.regime;

import net.jqwik.api.lifecycle.AroundPropertyHook;
import net.jqwik.api.lifecycle.PropagationMode;
import net.jqwik.api.lifecycle.PropertyExecutionResult;
import net.jqwik.api.lifecycle.PropertyExecutor;
import net.jqwik.api.lifecycle.PropertyLifecycleContext;

/**
 * Prints the figure of each property of a class, regime 11. How many frames are tried is jqwik's
 * {@code jqwik.tries.default}, which the Maven profile {@code regimes} raises to the whole.
 */
public final class PropertyFigure implements AroundPropertyHook {
  @Override
  public PropertyExecutionResult aroundProperty(
      PropertyLifecycleContext context, PropertyExecutor property) {
    PropertyExecutionResult result = property.execute();
    boolean holds = result.status() == PropertyExecutionResult.Status.SUCCESSFUL;
    System.out.printf(
        "FIGURE regime-11 %s: %d frames, %s violations (0) %s%n",
        context.label(),
        result.countChecks(),
        holds ? "0" : "some",
        holds && result.countChecks() > 0 ? "OK" : "SHORT");
    return result;
  }

  /** Outside all other hooks, one of which fails a property that has not met what it should. */
  @Override
  public int aroundPropertyProximity() {
    return -1000;
  }

  @Override
  public PropagationMode propagateTo() {
    return PropagationMode.ALL_DESCENDANTS;
  }
}
