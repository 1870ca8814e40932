package svasim.models.gpu.local;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import svasim.device.DeviceHost;
import svasim.models.gpu.config.GpuConfig;
import svasim.pcie.endpoint.DmaClient;
import svasim.pcie.endpoint.DmaRequest;
import svasim.pcie.endpoint.DmaStatus;
import svasim.pcie.tlp.PasidPrefix;
import svasim.stats.Counter;

/**
 * What compute units and the command processor reach memory with. A page in the local memory is
 * translated by the device itself; all others go across the link, by ATS.
 */
public final class MemoryPort {
    /** Accesses that are under way across the link at once; assumed. */
    public static final int LINK_ACCESSES = 256;

    private static final int PAGE_SHIFT = 12;

    private final DeviceHost host;
    private final LocalMemory memory;
    private final LocalTable table = new LocalTable();
    private final LocalTlb tlb;
    private final Counter accesses;
    private final Counter heldUp;
    private final List<Waiting> waiting = new ArrayList<>();
    private final Queue<Waiting> backlog = new ArrayDeque<>();
    private int onLink;
    private int life;

    /** An access whose page is on its way. */
    private record Waiting(DmaRequest request, boolean write, DmaClient client, long token) {
        LocalTable.Page page() {
            return MemoryPort.page(request);
        }
    }

    /**
     * @param memory null if the device has none, and all goes across the link
     */
    public MemoryPort(GpuConfig config, DeviceHost host, LocalMemory memory) {
        this.host = host;
        this.memory = memory;
        tlb = memory == null ? null : new LocalTlb(config, host, memory);
        String name = host.name() + ".local.";
        accesses = host.statistics().counter(name + "accesses", "accesses to the local memory");
        heldUp = host.statistics().counter(name + "held", "accesses that met a page on its way");
    }

    /**
     * Reads or writes; never ends within the call.
     *
     * @return whether the access goes across the link
     */
    public boolean access(DmaRequest request, boolean write, DmaClient client, long token) {
        LocalTable.Entry entry = table.find(page(request));
        if (entry == null || !entry.isHeld() && !entry.permits(write)) {
            link(new Waiting(request, write, client, token));
            return true;
        }
        if (entry.isHeld()) {
            heldUp.increment();
            waiting.add(new Waiting(request, write, client, token));
        } else {
            local(entry, new Waiting(request, write, client, token));
        }
        return false;
    }

    /** The copy engine must find a way even while all accesses wait for pages. */
    private void link(Waiting access) {
        if (onLink < LINK_ACCESSES) {
            onLink++;
            begin(access);
        } else {
            backlog.add(access);
        }
    }

    private void begin(Waiting access) {
        int begunIn = life;
        DmaClient client =
                (nowPs, token, status, faultAddress) -> {
                    if (life == begunIn) {
                        ended();
                    }
                    access.client().done(nowPs, token, status, faultAddress);
                };
        if (access.write()) {
            host.function().dma().write(access.request(), client, access.token());
        } else {
            host.function().dma().read(access.request(), client, access.token());
        }
    }

    private void ended() {
        Waiting next = backlog.poll();
        if (next == null) {
            onLink--;
        } else {
            begin(next);
        }
    }

    private void local(LocalTable.Entry entry, Waiting access) {
        accesses.increment();
        DmaRequest request = access.request();
        entry.used();
        int pasid = PasidPrefix.number(request.pasid());
        long knownPs =
                host.kernel().nowPs() + tlb.lookupPs(request.stream(), pasid, request.address());
        int begunIn = life;
        host.kernel()
                .at(
                        memory.accessPs(knownPs, request.bytes()),
                        (nowPs, kind, data) -> {
                            if (life == begunIn) {
                                move(entry, access);
                                entry.over();
                                access.client().done(nowPs, access.token(), DmaStatus.OK, 0);
                            }
                        },
                        0,
                        0);
    }

    private void move(LocalTable.Entry entry, Waiting access) {
        DmaRequest request = access.request();
        long offset = entry.offset() + (request.address() & (1L << PAGE_SHIFT) - 1);
        if (access.write()) {
            memory.write(offset, request.buffer(), request.offset(), request.bytes());
        } else {
            memory.read(offset, request.buffer(), request.offset(), request.bytes());
        }
    }

    /** Gives up the accesses of a client that wait for a page. */
    public void discard(DmaClient client) {
        for (Waiting access : List.copyOf(waiting)) {
            if (access.client() == client) {
                waiting.remove(access);
                end(access);
            }
        }
    }

    private void end(Waiting access) {
        int begunIn = life;
        host.kernel()
                .after(
                        1,
                        (nowPs, kind, data) -> {
                            if (life == begunIn) {
                                access.client()
                                        .done(
                                                nowPs,
                                                access.token(),
                                                DmaStatus.DISCARDED,
                                                access.request().address());
                            }
                        },
                        0,
                        0);
    }

    /** Software: accesses to these pages wait, unless they are in the local memory. */
    void hold(int pasid, long address, long pages) {
        for (long number = 0; number < pages; number++) {
            table.hold(page(pasid, address, number));
        }
    }

    /** Software: the page is in the local memory. */
    void map(int pasid, long address, long offset, boolean writable) {
        LocalTable.Page page = page(pasid, address, 0);
        tlb.forget(pasid, address);
        table.map(page, offset, writable);
        retry(page);
    }

    /** Software: the pages are not in the local memory any more. */
    void unmap(int pasid, long address, long pages) {
        for (long number = 0; number < pages; number++) {
            unmap(page(pasid, address, number));
        }
    }

    void unmapAll(int pasid) {
        table.pagesOf(pasid).forEach(this::unmap);
    }

    private void unmap(LocalTable.Page page) {
        tlb.forget(page.pasid(), page.number() << PAGE_SHIFT);
        table.unmap(page);
        retry(page);
    }

    /** Software: pages that are still held have not come. */
    void letGo(int pasid, long address, long pages) {
        for (long number = 0; number < pages; number++) {
            LocalTable.Page page = page(pasid, address, number);
            table.letGo(page);
            retry(page);
        }
    }

    boolean isUsedStill() {
        return table.isUsedStill();
    }

    public void reset() {
        life++;
        onLink = 0;
        backlog.clear();
        table.reset();
        waiting.clear();
        if (memory != null) {
            tlb.reset();
            memory.reset();
        }
    }

    /** A page that is still held has them wait on. */
    private void retry(LocalTable.Page page) {
        for (Waiting access : List.copyOf(waiting)) {
            if (access.page().equals(page)) {
                waiting.remove(access);
                access(access.request(), access.write(), access.client(), access.token());
            }
        }
    }

    private static LocalTable.Page page(DmaRequest request) {
        return page(PasidPrefix.number(request.pasid()), request.address(), 0);
    }

    private static LocalTable.Page page(int pasid, long address, long number) {
        return new LocalTable.Page(pasid, (address >>> PAGE_SHIFT) + number);
    }
}
