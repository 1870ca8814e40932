package svasim.models.gpu.local;

import java.util.ArrayDeque;
import java.util.Queue;
import svasim.device.DeviceHost;
import svasim.models.gpu.config.LocalMemoryConfig;
import svasim.pcie.endpoint.DmaClient;
import svasim.pcie.endpoint.DmaRequest;
import svasim.pcie.endpoint.DmaStatus;
import svasim.pcie.endpoint.OnFault;
import svasim.stats.Counter;

/**
 * Copies pages between the local memory and that of the system, which it reaches without PASID
 * (SDMA). Copies are told as ended in the order in which they were asked for.
 */
final class CopyEngine {
    private static final int PAGE = 4096;

    private final LocalMemoryConfig config;
    private final DeviceHost host;
    private final LocalMemory memory;
    private final int stream;
    private final Counter in;
    private final Counter out;
    private final Queue<Copy> queued = new ArrayDeque<>();
    private final Queue<Copy> underWay = new ArrayDeque<>();
    private long ended;
    private long errors;
    private int life;

    /** A page to be copied. */
    private static final class Copy {
        private final long system;
        private final long local;
        private final boolean in;
        private final byte[] bytes = new byte[PAGE];
        private boolean ended;

        Copy(long system, long local, boolean in) {
            this.system = system;
            this.local = local;
            this.in = in;
        }
    }

    /**
     * @param stream whose translations the engine's share a cache with
     */
    CopyEngine(LocalMemoryConfig config, DeviceHost host, LocalMemory memory, int stream) {
        this.config = config;
        this.host = host;
        this.memory = memory;
        this.stream = stream;
        String name = host.name() + ".copies.";
        in = host.statistics().counter(name + "in", "pages copied into the local memory");
        out = host.statistics().counter(name + "out", "pages copied out of the local memory");
    }

    /** Software asks for a copy. */
    void copy(long system, long local, boolean inwards) {
        queued.add(new Copy(system, local, inwards));
        pump();
    }

    /** Copies that have ended, with all before them. */
    long ended() {
        return ended;
    }

    /** Copies that have failed. */
    long errors() {
        return errors;
    }

    void reset() {
        life++;
        queued.clear();
        underWay.clear();
        ended = 0;
        errors = 0;
    }

    private void pump() {
        while (underWay.size() < config.copies() && !queued.isEmpty()) {
            Copy copy = queued.poll();
            underWay.add(copy);
            if (copy.in) {
                (host.function().dma()).read(request(copy), client(copy, this::store), 0);
            } else {
                load(copy);
            }
        }
    }

    private DmaRequest request(Copy copy) {
        return new DmaRequest(null, copy.system, copy.bytes, 0, PAGE, OnFault.REPORT, stream);
    }

    private void store(Copy copy, long nowPs) {
        after(
                memory.accessPs(nowPs, PAGE),
                () -> {
                    memory.write(copy.local, copy.bytes, 0, PAGE);
                    in.increment();
                    end(copy);
                });
    }

    private void load(Copy copy) {
        after(
                memory.accessPs(host.kernel().nowPs(), PAGE),
                () -> {
                    memory.read(copy.local, copy.bytes, 0, PAGE);
                    DmaClient stored =
                            client(
                                    copy,
                                    (same, nowPs) -> {
                                        out.increment();
                                        end(same);
                                    });
                    host.function().dma().write(request(copy), stored, 0);
                });
    }

    private DmaClient client(Copy copy, Then then) {
        int begunIn = life;
        return (nowPs, token, status, faultAddress) -> {
            if (life != begunIn) {
                return;
            }
            if (status == DmaStatus.OK) {
                then.go(copy, nowPs);
            } else {
                errors++;
                end(copy);
            }
        };
    }

    private void after(long atPs, Runnable then) {
        int begunIn = life;
        host.kernel()
                .at(
                        atPs,
                        (nowPs, kind, data) -> {
                            if (life == begunIn) {
                                then.run();
                            }
                        },
                        0,
                        0);
    }

    private void end(Copy copy) {
        copy.ended = true;
        while (!underWay.isEmpty() && underWay.peek().ended) {
            underWay.poll();
            ended++;
        }
        pump();
    }

    /** What follows when a transfer has ended well. */
    private interface Then {
        void go(Copy copy, long nowPs);
    }
}
