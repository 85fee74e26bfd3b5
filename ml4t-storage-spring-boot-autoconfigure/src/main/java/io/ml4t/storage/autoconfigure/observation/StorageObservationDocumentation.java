package io.ml4t.storage.autoconfigure.observation;

import io.micrometer.common.docs.KeyName;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationConvention;
import io.micrometer.observation.docs.ObservationDocumentation;

/** The observations of a store, and the key names that they carry. */
public enum StorageObservationDocumentation implements ObservationDocumentation {

  /**
   * An operation, from the caller's request to the completion of its future. A child of the
   * caller's observation.
   */
  OPERATION {
    @Override
    public Class<? extends ObservationConvention<? extends Observation.Context>>
        getDefaultConvention() {
      return DefaultStorageObservationConvention.class;
    }

    @Override
    public KeyName[] getLowCardinalityKeyNames() {
      return LowCardinality.values();
    }

    @Override
    public KeyName[] getHighCardinalityKeyNames() {
      return HighCardinality.values();
    }

    @Override
    public String getPrefix() {
      return "ml4t.storage";
    }
  };

  /** Key names with few values, which become tags of the timer. */
  public enum LowCardinality implements KeyName {
    /** The name of the store. */
    STORE("store"),
    /** What was asked: {@code write}, {@code read}, {@code transaction} and so on. */
    OPERATION("operation"),
    /** {@code success}, {@code error} or {@code cancelled}; {@code unknown} until it ends. */
    OUTCOME("outcome"),
    /** The class of the error, {@code none} where there is none. */
    ERROR("error");

    private final String text;

    LowCardinality(String text) {
      this.text = text;
    }

    @Override
    public String asString() {
      return text;
    }
  }

  /** Key names with many values, which are for traces only. */
  public enum HighCardinality implements KeyName {
    /** The key, {@code none} for an operation on several or none. */
    KEY("ml4t.storage.key"),
    /** How many rows were handed over or given back. */
    ROWS("ml4t.storage.rows");

    private final String text;

    HighCardinality(String text) {
      this.text = text;
    }

    @Override
    public String asString() {
      return text;
    }
  }
}
