package svasim.os.sva;

import svasim.os.iommu.FeatureSubset;
import svasim.os.iommu.PciDevice;
import svasim.os.mm.Mm;
import svasim.os.reference.Node;

/** What a driver asks for when it binds, and what it gets. */
public final class BindRequest {
    private final PciDevice device;
    private final Mm mm;
    private final Node holder;
    private FeatureSubset subset = FeatureSubset.FULL_SVA;
    private ExitHandler exitHandler;
    private Bond bond;
    private String refusal;

    /**
     * @param mm whose user runs the call
     * @param holder what keeps the bond alive: the open file
     */
    public BindRequest(PciDevice device, Mm mm, Node holder) {
        this.device = device;
        this.mm = mm;
        this.holder = holder;
    }

    public PciDevice device() {
        return device;
    }

    public Mm mm() {
        return mm;
    }

    Node holder() {
        return holder;
    }

    /**
     * Asks for less than full shared virtual addressing.
     *
     * @param wanted one that shares page tables
     */
    public BindRequest with(FeatureSubset wanted) {
        subset = wanted;
        return this;
    }

    FeatureSubset subset() {
        return subset;
    }

    /** Has the driver told of the end of the address space, by policies that tell drivers. */
    public BindRequest onExit(ExitHandler handler) {
        exitHandler = handler;
        return this;
    }

    /** Null if the driver has none. */
    ExitHandler exitHandler() {
        return exitHandler;
    }

    void granted(Bond newBond) {
        bond = newBond;
    }

    void refused(String reason) {
        refusal = reason;
    }

    /** The bond, once the call has run; null if it was refused. */
    public Bond bond() {
        return bond;
    }

    /** Why there is no bond, or null. */
    public String refusal() {
        return refusal;
    }
}
