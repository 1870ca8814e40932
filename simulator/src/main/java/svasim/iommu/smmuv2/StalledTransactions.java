package svasim.iommu.smmuv2;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import svasim.iommu.core.HeldRequest;
import svasim.pcie.tlp.CompletionStatus;

/**
 * Transactions of a context bank that wait: the one that is stalled, which software resumes, and
 * those behind it. How many can stall at once is left to implementations; here it is one.
 */
final class StalledTransactions {
    private final Consumer<HeldRequest> retry;
    private HeldRequest stalled;
    private List<HeldRequest> behind = new ArrayList<>();

    /**
     * @param retry sends a request through the unit again
     */
    StalledTransactions(Consumer<HeldRequest> retry) {
        this.retry = retry;
    }

    /** Whether a transaction is stalled. */
    boolean any() {
        return stalled != null;
    }

    /** Stalls a transaction, or has it wait behind the one that is. */
    void stall(HeldRequest request) {
        if (stalled == null) {
            stalled = request;
        } else {
            behind.add(request);
        }
    }

    /** Has the stalled transaction tried again, and those behind it. */
    void retry() {
        if (any()) {
            HeldRequest again = stalled;
            release();
            retry.accept(again);
            retryBehind();
        }
    }

    /** Ends the stalled transaction; those behind it are tried again. */
    void terminate(CompletionStatus status) {
        if (any()) {
            HeldRequest ended = stalled;
            release();
            ended.refuse(status);
            retryBehind();
        }
    }

    /** Transactions without an answer. */
    int count() {
        return behind.size() + (any() ? 1 : 0);
    }

    private void release() {
        stalled = null;
    }

    private void retryBehind() {
        List<HeldRequest> again = behind;
        behind = new ArrayList<>();
        again.forEach(retry);
    }
}
