package svasim.models.dsa.vdcm;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import svasim.device.MediatedDevice;
import svasim.device.MediatedHost;
import svasim.models.dsa.config.DsaConfig;
import svasim.models.dsa.layout.Register;
import svasim.os.procedure.Call;
import svasim.os.sva.PasidEvent;
import svasim.os.sva.PasidUser;
import svasim.os.sva.SetPasid;
import svasim.os.task.WorkQueue;

/**
 * A virtual DSA made of a shared work queue (life of a PASID, 2.9): it holds each number with which
 * its guest may have work in the queue, and ends that work before it lets the number go.
 */
public final class VirtualDsa implements MediatedDevice, PasidUser {
    private static final long PORTALS_BYTES = 1L << 20;

    private final RealDevice real;
    private final MediatedHost host;
    private final VirtualRegisters registers;

    /** Carries out commands and ends work, one after the other. */
    private final WorkQueue thread;

    /**
     * @param config of the device as the guest sees it
     */
    public VirtualDsa(DsaConfig config, MediatedHost host, RealDevice real) {
        this.real = real;
        this.host = host;
        this.registers = new VirtualRegisters(config);
        this.thread = new WorkQueue("vdcm-" + host.name(), 1, real.platform().scheduler());
    }

    @Override
    public Map<Integer, Long> bars() {
        Map<Integer, Long> bars = new TreeMap<>();
        bars.put(Register.REGISTERS, (long) Register.BAR0_BYTES);
        bars.put(Register.PORTALS, PORTALS_BYTES);
        return bars;
    }

    /** Both portals of the guest are the limited one: the last entries are for the host. */
    @Override
    public Map<Long, Long> pages() {
        Map<Long, Long> pages = new TreeMap<>();
        pages.put(Register.unlimitedPortal(0), real.portal());
        pages.put(Register.limitedPortal(0), real.portal());
        return pages;
    }

    @Override
    public long read(long offset, int bytes) {
        return registers.read(offset, bytes);
    }

    @Override
    public void write(long offset, int bytes, long value) {
        if (offset != Register.CMD) {
            registers.write(offset, bytes, value);
        } else if (!registers.isActive()) {
            registers.begin();
            thread.add(VirtualCommand.call(this, value));
        }
    }

    @Override
    public Call<?> open() {
        return Composition.open(this);
    }

    @Override
    public Call<?> close() {
        return Composition.close(this);
    }

    @Override
    public Rank rank() {
        return Rank.DEVICE;
    }

    @Override
    public String name() {
        return "VDCM of " + host.name();
    }

    /** From its bind on a descriptor with the number can come; nothing is left of it at its end. */
    @Override
    public Call<?> told(PasidEvent event, SetPasid number) {
        switch (event) {
            case BIND -> number.get(name());
            case UNBIND, FREE -> {
                if (number.isHeldBy(name())) {
                    real.platform().events().add(Eviction.call(this, number));
                }
            }
            default -> {}
        }
        return Call.nothing();
    }

    /** Numbers with which work of the guest may be in the queue. */
    List<SetPasid> held() {
        List<SetPasid> held = new ArrayList<>();
        for (SetPasid number : host.numbers().numbers()) {
            if (number.isHeldBy(name())) {
                held.add(number);
            }
        }
        return held;
    }

    RealDevice real() {
        return real;
    }

    MediatedHost host() {
        return host;
    }

    VirtualRegisters registers() {
        return registers;
    }

    WorkQueue thread() {
        return thread;
    }

    /** The guest gets vector 0, if it has set it up. */
    void interrupt(long nowPs) {
        if (registers.messageAddress() != 0) {
            host.interrupts().message(registers.messageAddress(), registers.messageData(), nowPs);
        }
    }
}
