package svasim.iommu.core;

/**
 * A unit in the inner-shareable domain of Arm CPUs: their broadcast TLB maintenance reaches it as
 * messages of the interconnect (DVM). Whether it takes part is its own affair.
 */
public interface BroadcastListener {
    /** A CPU broadcasts TLB maintenance. */
    void broadcast(BroadcastTlbi operation);

    /**
     * Whether every broadcast so far is complete, as the CPU's DSB waits for: no request is under
     * way that may use what was invalidated.
     */
    boolean broadcastsComplete();
}
