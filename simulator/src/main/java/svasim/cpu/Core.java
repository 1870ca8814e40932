package svasim.cpu;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import svasim.memory.FrameUse;
import svasim.stats.Counter;
import svasim.trace.Kind;

/** One core: what the steps that run on it touch, and how long that keeps it. */
public final class Core implements Cpu {
    /** No address space is loaded. */
    public static final int NO_SPACE = -1;

    private final int number;
    private final CpuConfig config;
    private final CpuSurroundings parts;
    private final Cores cores;
    private final StoreBuffer stores;
    private final int lane;
    private final Tlb tlb;
    private final Counter tlbHits;
    private final Counter tlbMisses;

    private int space = NO_SPACE;
    private long pasidRegister = Ia32Pasid.INITIAL;
    private boolean enqueues;
    private Enqueue underWay;
    private PasidTranslation translation;
    private long spentPs;
    private long stolenPs;

    Core(int number, CpuConfig config, CpuSurroundings parts, Cores cores) {
        this.number = number;
        this.config = config;
        this.parts = parts;
        this.cores = cores;
        String name = "core" + number;
        this.lane = parts.trace().lane(name);
        this.tlb = new Tlb(config.tlbEntries());
        boolean inOrder = config.architecture() != Architecture.AARCH64;
        this.stores = new StoreBuffer(parts.kernel(), lane, inOrder, this::write);
        this.tlbHits = parts.statistics().counter(name + ".tlb.hits", "TLB hits");
        this.tlbMisses = parts.statistics().counter(name + ".tlb.misses", "TLB misses");
    }

    @Override
    public int number() {
        return number;
    }

    /** Lane of the trace. */
    int lane() {
        return lane;
    }

    @Override
    public long nowPs() {
        return parts.kernel().nowPs();
    }

    @Override
    public void spend(long ps) {
        spentPs += ps;
    }

    /** What the present step took beyond its own cost, interrupts included; starts anew at 0. */
    public long takeSpentPs() {
        long spent = spentPs + stolenPs;
        spentPs = 0;
        stolenPs = 0;
        return spent;
    }

    /** A hard interrupt kept the core; the software that it interrupted is late by this. */
    void steal(long ps) {
        stolenPs += ps;
    }

    @Override
    public long load(long address) {
        spend(config.load().value());
        return cores.latest(address);
    }

    @Override
    public void storeBarrier() {
        stores.order();
    }

    @Override
    public void fullBarrier() {
        stores.drain();
    }

    /**
     * Has the stores of the next step stay in the core, as far as nothing forces them out, until
     * {@link #releaseStores}; what a store that is late by chance does, on demand.
     */
    public void holdStores(boolean on) {
        stores.hold(on);
        if (parts.lines() != null) {
            parts.lines().hold(on);
        }
    }

    /** Stores that were held are visible to hardware from now on. */
    public void releaseStores() {
        stores.drain();
        if (parts.lines() != null) {
            parts.lines().release();
        }
    }

    @Override
    public void flushLines(long address, int bytes) {
        stores.drain();
        if (parts.lines() != null) {
            parts.lines().writeBack(address, bytes);
        }
    }

    StoreBuffer stores() {
        return stores;
    }

    @Override
    public void store(long address, long value) {
        spend(config.store().value());
        if (isStructure(address)) {
            cores.settle(this, address);
            stores.store(address, value, parts.frames().use(address) == FrameUse.QUEUE);
        } else {
            parts.memory().writeLong(address, value);
        }
    }

    @Override
    public boolean compareAndSwap(long address, long expected, long value) {
        spend(config.atomic().value());
        stores.drain();
        cores.settle(this, address);
        if (parts.memory().readLong(address) != expected) {
            return false;
        }
        write(address, value);
        return true;
    }

    /** Hardware sees the word from now on. */
    private void write(long address, long value) {
        if (parts.lines() != null && parts.frames().use(address) == FrameUse.IOMMU_TABLE) {
            parts.lines().writing(address);
        }
        if (parts.trace().wants(Kind.TABLE_WRITTEN) && isStructure(address)) {
            long before = parts.memory().readLong(address);
            parts.trace().tell(Kind.TABLE_WRITTEN, lane, address, before, value);
        }
        parts.memory().writeLong(address, value);
    }

    private boolean isStructure(long address) {
        FrameUse use = parts.frames().use(address);
        return use == FrameUse.PAGE_TABLE
                || use == FrameUse.IOMMU_TABLE
                || use == FrameUse.CPU_TABLE
                || use == FrameUse.QUEUE;
    }

    @Override
    public long readMmio(long address, int bytes) {
        long onTheWay = parts.bus().roundTripPs(address);
        spend(onTheWay == 0 ? config.mmioRead().value() : onTheWay);
        return parts.bus().read(address, bytes, nowPs());
    }

    @Override
    public void writeMmio(long address, int bytes, long value) {
        ByteBuffer data = ByteBuffer.allocate(Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        byte[] all = data.putLong(value).array();
        writeMmio(address, Arrays.copyOf(all, bytes));
    }

    @Override
    public void writeMmio64(long address, byte[] data) {
        writeMmio(address, data.clone());
    }

    /** On x86 behind all earlier stores (UC); on Arm writel begins with a barrier. */
    private void writeMmio(long address, byte[] data) {
        stores.drain();
        long kept = parts.bus().writePs(address);
        spend(kept == 0 ? config.mmioWrite().value() : kept);
        parts.bus().write(address, data, nowPs());
    }

    /** Whether an ENQCMD or ENQCMDS was ever carried out. */
    boolean enqueues() {
        return enqueues;
    }

    @Override
    public long pasidRegister() {
        return pasidRegister;
    }

    @Override
    public void pasidRegister(long value) {
        pasidRegister = value;
    }

    @Override
    public Enqueue enqcmd(long address, byte[] operand) {
        return Ia32Pasid.isValid(pasidRegister)
                ? enqueue(address, Ia32Pasid.user(pasidRegister, operand), PasidExits.ENQCMD)
                : null;
    }

    @Override
    public Enqueue enqcmds(long address, byte[] operand) {
        return enqueue(address, Ia32Pasid.supervisor(operand), PasidExits.ENQCMDS);
    }

    private Enqueue enqueue(long address, byte[] descriptor, int exitReason) {
        enqueues = true;
        byte[] sent = descriptor;
        if (translation != null) {
            int guest = Ia32Pasid.carried(descriptor);
            int host = translation.translate(guest, this);
            if (host == PasidTranslation.FAILED) {
                return translation.exit(exitReason, guest, this);
            }
            sent = Ia32Pasid.carrying(host, descriptor);
        }
        underWay = new Enqueue();
        parts.bus().writeDeferrable(address, sent, underWay);
        return underWay;
    }

    /**
     * VM-execution control "PASID translation" of a virtual core: what ENQCMD and ENQCMDS send is
     * the host PASID that the tables have.
     *
     * @param tables null to switch it off
     */
    public void translatePasids(PasidTranslation tables) {
        translation = tables;
    }

    /** Whether an ENQCMD or ENQCMDS has left the core and its answer is not back. */
    public boolean isEnqueuing() {
        return underWay != null && !underWay.isDone();
    }

    /** XRSTORS: a task begins to run here. */
    public void restore(ExtendedState image) {
        pasidRegister = image.pasid();
    }

    /** XSAVES: the task that runs here is about to leave. */
    public void save(ExtendedState image) {
        stores.drain();
        image.pasid(pasidRegister);
    }

    /** Runs software of this address space from now on; another one's translations are dropped. */
    public void loadSpace(int newSpace) {
        if (newSpace != space) {
            space = newSpace;
            tlb.clear();
        }
    }

    /** The address space loaded last; kernel threads run on it without using it (lazy TLB). */
    public int space() {
        return space;
    }

    /** Looks up the loaded address space's TLB; a miss costs a walk. */
    public long translate(long va, int access) {
        long physical = tlb.lookup(va, access);
        if (physical == Tlb.MISS) {
            tlbMisses.increment();
            spend(config.walk().value());
        } else {
            tlbHits.increment();
        }
        return physical;
    }

    public Tlb tlb() {
        return tlb;
    }
}
