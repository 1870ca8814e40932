package svasim.pcie.fabric;

import svasim.pcie.tlp.CompletionStatus;

/** Is told how a deferrable write of a core has ended. */
@FunctionalInterface
public interface DeferredAnswer {
    /**
     * The completion is back.
     *
     * @param status {@link CompletionStatus#REQUEST_RETRY} if the device had no room for it
     */
    void answered(CompletionStatus status, long nowPs);
}
