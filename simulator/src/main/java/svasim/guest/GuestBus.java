package svasim.guest;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayDeque;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import svasim.cpu.Bus;
import svasim.cpu.RegisterWindows;
import svasim.kernel.EventHandler;
import svasim.kernel.Kernel;
import svasim.pcie.fabric.DeferredAnswer;

/**
 * Where accesses of a guest's cores go. A window that is passed through leads to the host's bus
 * without an exit; one that is emulated leads to the virtual machine monitor: a read waits for it,
 * a write is handed over while the guest goes on. What is in no window answers nobody, after an
 * exit.
 */
public final class GuestBus implements Bus, EventHandler {
    private static final String NOBODY = "nobody";

    private final Kernel kernel;
    private final Bus host;
    private final ExitConfig costs;
    private final Exits exits;
    private final TreeMap<Long, Window> windows = new TreeMap<>();

    /** Writes that the monitor has not seen yet, in their order. */
    private final Queue<Write> underWay = new ArrayDeque<>();

    private long writes;

    /**
     * @param target null for a window that is passed through to {@code hostBase}
     */
    private record Window(
            long base, long size, long hostBase, String name, RegisterWindows.Target target) {
        boolean holds(long address) {
            return address - base < size;
        }

        long hostAddress(long address) {
            return address - base + hostBase;
        }
    }

    private record Write(long number, Window window, long offset, int bytes, long value) {
        void take() {
            window.target().write(offset, bytes, value);
        }
    }

    GuestBus(Kernel kernel, Bus host, ExitConfig costs, Exits exits) {
        this.kernel = kernel;
        this.host = host;
        this.costs = costs;
        this.exits = exits;
        exits.reason(NOBODY, "accesses of the guest to addresses where nothing is");
    }

    /** Registers of the machine that the guest reaches without an exit. */
    public void passThrough(long gpa, long bytes, long hostAddress) {
        windows.put(gpa, new Window(gpa, bytes, hostAddress, null, null));
    }

    /**
     * Registers that software of the host emulates.
     *
     * @param name in statistics, for example {@code "viommu"}
     */
    public void emulate(long gpa, long bytes, String name, RegisterWindows.Target target) {
        exits.reason(name + ".reads", "reads of registers of " + name);
        exits.reason(name + ".writes", "writes of registers of " + name);
        windows.put(gpa, new Window(gpa, bytes, 0, name, target));
    }

    /** Nothing is at an address any more where a window began. */
    public void remove(long gpa) {
        windows.remove(gpa);
    }

    @Override
    public long read(long address, int bytes, long nowPs) {
        Window window = window(address);
        if (window == null) {
            exits.happened(NOBODY, exitPs());
            return RegisterWindows.NOBODY.read(address, bytes, nowPs);
        }
        if (window.target() == null) {
            return host.read(window.hostAddress(address), bytes, nowPs);
        }
        takeWrites(Long.MAX_VALUE);
        exits.happened(window.name() + ".reads", exitPs());
        return window.target().read(address - window.base(), bytes);
    }

    @Override
    public long roundTripPs(long address) {
        Window window = window(address);
        boolean passed = window != null && window.target() == null;
        return passed ? host.roundTripPs(window.hostAddress(address)) : exitPs();
    }

    private long exitPs() {
        return costs.trap().value() + costs.emulation().value();
    }

    @Override
    public long writePs(long address) {
        Window window = window(address);
        return window != null && window.target() == null ? 0 : costs.trap().value();
    }

    @Override
    public void write(long address, byte[] data, long nowPs) {
        Window window = window(address);
        if (window == null) {
            exits.happened(NOBODY, costs.trap().value());
        } else if (window.target() == null) {
            host.write(window.hostAddress(address), data, nowPs);
        } else {
            exits.happened(window.name() + ".writes", costs.trap().value());
            long offset = address - window.base();
            underWay.add(new Write(++writes, window, offset, data.length, little(data)));
            kernel.after(costs.handOff().value(), this, 0, writes);
        }
    }

    private static long little(byte[] data) {
        ByteBuffer buffer = ByteBuffer.wrap(data).order(ByteOrder.LITTLE_ENDIAN);
        return data.length == Integer.BYTES ? buffer.getInt() & 0xFFFF_FFFFL : buffer.getLong();
    }

    /** The monitor sees a write, unless a read has made it look before. */
    @Override
    public void handle(long nowPs, int kind, long number) {
        takeWrites(number);
    }

    private void takeWrites(long upTo) {
        while (!underWay.isEmpty() && underWay.peek().number() <= upTo) {
            underWay.poll().take();
        }
    }

    /** The guest is gone: nobody sees what it has written last. */
    void forget() {
        underWay.clear();
    }

    /** A portal that is passed through takes it as it comes; the core has translated its PASID. */
    @Override
    public void writeDeferrable(long address, byte[] data, DeferredAnswer answer) {
        Window window = window(address);
        if (window != null && window.target() == null) {
            host.writeDeferrable(window.hostAddress(address), data, answer);
        } else {
            RegisterWindows.NOBODY.writeDeferrable(address, data, answer);
        }
    }

    private Window window(long address) {
        Map.Entry<Long, Window> below = windows.floorEntry(address);
        return below != null && below.getValue().holds(address) ? below.getValue() : null;
    }
}
