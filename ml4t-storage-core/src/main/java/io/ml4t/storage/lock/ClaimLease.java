package io.ml4t.storage.lock;

/** A granted claim, as its holder sees it. */
record ClaimLease(Claim claim) implements Lease {

  @Override
  public boolean isValid() {
    return claim.isValid();
  }

  @Override
  public void close() {
    claim.release();
  }
}
