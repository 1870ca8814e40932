package svasim.models.gpu.svm;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import svasim.cpu.Cpu;
import svasim.models.gpu.layout.LocalRegister;
import svasim.os.mm.DeviceMemory;
import svasim.os.mm.DevicePage;
import svasim.os.mm.Mm;
import svasim.os.mm.MmuNotifier;
import svasim.os.procedure.Call;
import svasim.os.procedure.Next;
import svasim.os.procedure.Procedure;
import svasim.os.reference.Node;

/**
 * The pages of an address space that are in the local memory, and the device's translations to
 * them. A translation goes as soon as the page table of the process does not name the page any
 * more, names it elsewhere, shares it, or permits something else.
 */
public final class SvmSpace implements MmuNotifier, DeviceMemory {
    private static final long ALL = -1;

    private static final Procedure<Zap> ZAP =
            Procedure.<Zap>named("svm_range_cpu_invalidate_pagetables")
                    .step("unmap from GPU", 100_000, Zap::unmap)
                    .step("wait for GPU", 20_000, Zap::look)
                    .build();

    private final Vram vram;
    private final Mm mm;
    private final int pasid;
    private final Node node;
    private final TreeMap<Long, Mapped> mapped = new TreeMap<>();

    /** A page that the device translates to. */
    private record Mapped(DevicePage page, boolean writable) {}

    /**
     * @param node which holds the struct of the address space
     */
    public SvmSpace(Vram vram, Mm mm, int pasid, Node node) {
        this.vram = vram;
        this.mm = mm;
        this.pasid = pasid;
        this.node = node;
    }

    /** Brings the granule around an address near; the caller runs it in a worker. */
    public Call<?> bringNear(long address) {
        return BringNear.call(this, address & -vram.granule());
    }

    /** Gives all pages back and is told of nothing any more; the device is idle. */
    public Call<?> end() {
        return EndSpace.call(this);
    }

    /** Whether the device translates this page itself. */
    public boolean has(long va) {
        return mapped.containsKey(va);
    }

    Vram vram() {
        return vram;
    }

    Mm mm() {
        return mm;
    }

    /** A command for pages of the address space. */
    void command(Cpu cpu, long command, long address, long bytes) {
        vram.command(cpu, command, pasid, address, bytes);
    }

    @Override
    public Node node() {
        return node;
    }

    @Override
    public Call<?> release() {
        List<Long> addresses = List.copyOf(mapped.keySet());
        mapped.clear();
        return zap(addresses);
    }

    @Override
    public Call<?> invalidate(long start, long end) {
        long last = end == ALL ? Long.MAX_VALUE : end;
        List<Long> wrong = new ArrayList<>();
        mapped.subMap(start, last)
                .forEach(
                        (va, entry) -> {
                            if (!isRight(va, entry)) {
                                wrong.add(va);
                            }
                        });
        wrong.forEach(mapped::remove);
        return zap(wrong);
    }

    private boolean isRight(long va, Mapped entry) {
        return mm.devicePage(va) == entry.page()
                && entry.page().isOnlyAt(mm, va)
                && entry.writable() == mm.mayWrite(va);
    }

    private Call<?> zap(List<Long> addresses) {
        return addresses.isEmpty() ? Call.nothing() : new Call<>(ZAP, new Zap(this, addresses));
    }

    @Override
    public long allocate() {
        return vram.allocate();
    }

    @Override
    public Call<?> copyIn(List<Move> moves) {
        List<Long> frames = new ArrayList<>();
        List<DevicePage> pages = new ArrayList<>();
        for (Move move : moves) {
            frames.add(move.frame());
            pages.add(move.page());
        }
        return PageCopy.in(vram, frames, pages);
    }

    @Override
    public void arrived(Cpu cpu, Mm owner, long va, DevicePage page, boolean writable) {
        vram.add(page);
        mapped.put(va, new Mapped(page, writable));
        vram.map(cpu, pasid, va, page, writable);
    }

    @Override
    public Call<?> copyOut(DevicePage page, long frame) {
        List<Long> addresses = new ArrayList<>();
        mapped.forEach(
                (va, entry) -> {
                    if (entry.page() == page) {
                        addresses.add(va);
                    }
                });
        addresses.forEach(mapped::remove);
        return Call.sequence(List.of(zap(addresses), PageCopy.out(vram, frame, page)));
    }

    @Override
    public void free(DevicePage page) {
        vram.free(page);
    }

    @Override
    public boolean isLost(DevicePage page) {
        return vram.isLost(page);
    }

    @Override
    public byte[] contents(DevicePage page) {
        return vram.contents(page);
    }

    /** Takes translations away from the device. */
    private record Zap(SvmSpace space, List<Long> addresses) {
        Next unmap(Cpu cpu) {
            for (long address : addresses) {
                space.command(cpu, LocalRegister.UNMAP, address, Vram.PAGE);
            }
            return Next.ON;
        }

        /** Accesses that were translated before have to end; nobody else reads as all ones. */
        Next look(Cpu cpu) {
            return space.vram.read(cpu, LocalRegister.USED_STILL) == 1 ? Next.AGAIN : Next.DONE;
        }
    }
}
