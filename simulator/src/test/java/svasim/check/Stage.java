package svasim.check;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import svasim.iommu.core.CachedTranslationVisitor;
import svasim.iommu.core.Explanation;
import svasim.iommu.core.PageRequestBacklog;
import svasim.kernel.Kernel;
import svasim.memory.Frames;
import svasim.memory.PhysicalMemory;
import svasim.paging.Access;
import svasim.pcie.config.ConfigurationSpace;
import svasim.pcie.tlp.AddressType;
import svasim.pcie.tlp.Attributes;
import svasim.pcie.tlp.PasidPrefix;
import svasim.pcie.tlp.Tlp;
import svasim.trace.Kind;
import svasim.trace.Trace;

/** One function and what a test lets the checker see of it; all invariants are held against it. */
final class Stage implements Probes {
    static final int DEVICE = 0x3B01;
    static final int PASID = 5;
    static final int MM = 1;
    static final int OTHER_MM = 2;
    static final int INDEX = 0x15;
    static final long ROOT = 0x7000;
    static final long VA = 0x7F00_0000_0000L;

    private static final long ALL = 0x7FFF_FFFF_FFFF_F000L;
    private static final Tlp INVALIDATION =
            new Tlp.InvalidateRequest(8, DEVICE, 0, ALL, true, false, new PasidPrefix(PASID));

    final Kernel kernel = new Kernel();
    final Trace trace = new Trace(kernel);
    final Frames frames = new Frames(new PhysicalMemory(), 0x10_0000, trace);
    final Checker checker;
    final int lane = trace.lane("test");
    final List<Integer> cachedPasids = new ArrayList<>();
    ConfigurationSpace space = Functions.allOn();

    /** That of the physical function, if the function is a virtual one. */
    ConfigurationSpace shared;

    PageRequestBacklog backlog = PageRequestBacklog.NONE;
    long root = NO_ROOT;
    long cachedOutput = 0x5000;
    int cachedPermissions = Access.READ;

    Stage() {
        this(Bounds.defaults());
    }

    Stage(Bounds bounds) {
        checker = new Checker(kernel, trace, this, bounds);
        trace.add(checker);
    }

    void tell(Kind kind, long a, long b, long c) {
        trace.tell(kind, lane, a, b, c);
    }

    void tell(Kind kind, long a, long b, long c, Object subject) {
        trace.tell(kind, lane, a, b, c, subject);
    }

    /** Lets time pass. */
    void pass(long ps) {
        kernel.after(ps, (nowPs, kind, data) -> {}, 0, 0);
        kernel.runUntilQuiet();
    }

    /** The device is bound to {@link #MM}. */
    Stage bound() {
        tell(Kind.TARGET_ADDED, PASID, DEVICE, MM);
        root = ROOT;
        tell(Kind.BOUND, PASID, DEVICE, MM);
        return this;
    }

    /** The device is bound to {@link #OTHER_MM} too. */
    void boundOther(int pasid) {
        root = NO_ROOT;
        tell(Kind.TARGET_ADDED, pasid, DEVICE, OTHER_MM);
        root = rootOfMm(OTHER_MM);
        tell(Kind.BOUND, pasid, DEVICE, OTHER_MM);
        root = ROOT;
    }

    /** The address space of the bond ends. */
    void cutByDeath() {
        tell(Kind.MM_EXITING, MM, 0, 0);
        root = NO_ROOT;
        tell(Kind.CUT, PASID, DEVICE, MM);
    }

    /** The device asks for a page. */
    void asks(long address) {
        asks(address, INDEX);
    }

    void asks(long address, int index) {
        asks(DEVICE, address, index, true);
    }

    void asks(int device, long address, int index, boolean last) {
        PasidPrefix prefix = new PasidPrefix(PASID);
        Tlp request = new Tlp.PageRequest(device, address, index, last, true, true, prefix);
        tell(Kind.TLP_SENT, 0, 0, 0, request);
    }

    void answered(int code) {
        answered(code, new PasidPrefix(PASID));
    }

    void answered(int code, PasidPrefix prefix) {
        Tlp response = new Tlp.PageGroupResponse(8, DEVICE, INDEX, code, prefix);
        tell(Kind.TLP_SENT, 0, 0, 0, response);
    }

    /** The unit gives the device a translation of {@link #VA}. */
    void translated(long output) {
        tell(Kind.TRANSLATED, PASID, VA, output, untranslated());
    }

    static Tlp untranslated() {
        return new Tlp.MemoryWrite(
                DEVICE,
                VA,
                new byte[4],
                AddressType.UNTRANSLATED,
                new PasidPrefix(PASID),
                Attributes.DEFAULT);
    }

    /** The end of the bond as it should be, after the device was stopped for it. */
    void unbound() {
        tell(Kind.DEVICE_STOPPED, PASID, DEVICE, MM);
        tell(Kind.UNBINDING, PASID, DEVICE, MM);
        forgetAll();
        root = NO_ROOT;
        tell(Kind.CUT, PASID, DEVICE, MM);
        tell(Kind.DRAINED, PASID, DEVICE, 0);
        tell(Kind.TARGET_REMOVED, PASID, DEVICE, MM);
        tell(Kind.UNBOUND, PASID, DEVICE, MM);
    }

    /** The IOMMU has the device forget everything of the PASID, and it does. */
    void forgetAll() {
        askToForgetAll();
        haveForgottenAll();
    }

    void askToForgetAll() {
        tell(Kind.INVALIDATION_SENT, PASID, ALL, 0, INVALIDATION);
    }

    void haveForgottenAll() {
        tell(Kind.ATC_INVALIDATED, PASID, 0, 0, INVALIDATION);
        tell(Kind.INVALIDATION_COMPLETED, DEVICE, 1, 0);
    }

    void assertKept() {
        assertBroken();
    }

    void assertBroken(String... invariants) {
        assertEquals(
                List.of(invariants),
                checker.violations().stream().map(Violation::invariant).distinct().toList());
    }

    @Override
    public Frames frames() {
        return frames;
    }

    @Override
    public int functions() {
        return 1;
    }

    @Override
    public int requesterId(int function) {
        return DEVICE;
    }

    @Override
    public void visitTranslations(CachedTranslationVisitor visitor) {
        for (int pasid : cachedPasids) {
            visitor.entry(DEVICE, pasid, VA, 12, cachedOutput, cachedPermissions);
        }
    }

    @Override
    public Explanation explain(int requesterId, int pasid, long iova, int access) {
        return root == NO_ROOT
                ? new Explanation(0x71, 0, 12, 0, 0, -1)
                : new Explanation(Explanation.NONE, 0x5000, 12, 1, 1, 1);
    }

    @Override
    public long rootOf(int requesterId, int pasid) {
        return root;
    }

    @Override
    public ConfigurationSpace sharedConfiguration(int requesterId) {
        return shared == null ? space : shared;
    }

    @Override
    public ConfigurationSpace configuration(int requesterId) {
        return space;
    }

    @Override
    public PageRequestBacklog pageRequests() {
        return backlog;
    }

    @Override
    public long rootOfMm(int mm) {
        return mm == MM ? ROOT : ROOT + 0x1000;
    }
}
