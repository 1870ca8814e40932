package svasim.os.iommu;

import java.util.ArrayList;
import java.util.List;
import svasim.iommu.core.Forwarding;
import svasim.iommu.core.Forwarding.Scope;
import svasim.memory.FrameUse;
import svasim.memory.PhysicalMemory;
import svasim.os.mm.ProcessStage;
import svasim.paging.Access;
import svasim.paging.LeafVisitor;
import svasim.paging.PageTableEditor;
import svasim.paging.Stage;
import svasim.paging.TableMemory;

/**
 * A virtual machine of which there is only memory: a second stage over some frames of the host, in
 * which tests write tables as a guest does. The device under test is assigned to it.
 */
public final class GuestUnderTest implements TableMemory {
    /** Where the memory of the machine begins. */
    public static final long GPA = 0x4000_0000L;

    public static final int FRAMES = 1024;
    public static final long BYTES = (long) FRAMES * PhysicalMemory.FRAME_BYTES;

    private static final int OWNER = 1000;

    private final DriverUnderTest test;
    private final SecondStage stage;
    private final long hpa;
    private final List<PageRequest> requests = new ArrayList<>();
    private long next = GPA;

    public GuestUnderTest(DriverUnderTest test) {
        this.test = test;
        test.system().run();
        stage = test.driver().newSecondStage(1);
        hpa = test.system().frames().allocateContiguous(FrameUse.PAGE, OWNER, FRAMES);
        test.run(stage.map(GPA, hpa, BYTES));
        test.device().guestFaults(requests::add);
        test.run(test.driver().assign(test.device(), stage));
    }

    public DriverUnderTest test() {
        return test;
    }

    public SecondStage stage() {
        return stage;
    }

    /** Page requests that the guest has got. */
    public List<PageRequest> requests() {
        return requests;
    }

    /** Host address of a guest's. */
    public long physical(long gpa) {
        return stage.physical(gpa);
    }

    /** Where memory that was mapped first lies in the host. */
    public long first(long gpa) {
        return gpa - GPA + hpa;
    }

    /** Memory of the guest, of some frames. */
    public long allocate(int frames) {
        long start = next;
        next += (long) frames * PhysicalMemory.FRAME_BYTES;
        return start;
    }

    /** Format of a process of the guest. */
    public Stage process(long root) {
        return ProcessStage.of(test.system().platform().cores().config().architecture(), root);
    }

    /** The guest maps a page in the tables below a root. */
    public void map(long root, long va, long gpa) {
        new PageTableEditor(process(root), this).map(va, gpa, 12, Access.READ | Access.WRITE);
    }

    /** The guest unmaps a page, and invalidates nothing. */
    public void unmap(long root, long va) {
        new PageTableEditor(process(root), this).unmap(va, 4096, LeafVisitor.NONE);
    }

    /** What follows from an invalidation of the guest's unit of all addresses of a PASID. */
    public void invalidate(int domain, int pasid) {
        test.run(test.driver().invalidateGuest(test.device(), Scope.of(domain, pasid)));
    }

    /** What follows from its invalidation of a page. */
    public void invalidate(int domain, int pasid, long va) {
        Scope page = new Scope(domain, pasid, va, 4096, true);
        test.run(test.driver().invalidateGuest(test.device(), page));
    }

    /** What follows from its invalidation of the device's cache. */
    public void invalidateDevice(int pasid, long va) {
        test.run(test.driver().invalidateDeviceTlb(test.device(), pasid, va, 4096));
    }

    /** Everything in the device's cache. */
    public void invalidateDevice(int pasid) {
        test.run(test.driver().invalidateDeviceTlb(test.device(), pasid, 0, Forwarding.ALL));
    }

    @Override
    public long allocateTable(int level, int bytes) {
        return allocate(1);
    }

    @Override
    public void freeTable(long address, int bytes) {}

    @Override
    public long load(long gpa) {
        return test.system().memory().readLong(physical(gpa));
    }

    @Override
    public void store(long gpa, long word) {
        test.system().memory().writeLong(physical(gpa), word);
    }
}
