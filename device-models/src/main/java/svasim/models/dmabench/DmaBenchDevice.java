package svasim.models.dmabench;

import java.util.Arrays;
import java.util.List;
import svasim.device.DeviceHost;
import svasim.device.DeviceModel;
import svasim.pcie.endpoint.BarHandler;
import svasim.pcie.tlp.PasidPrefix;
import svasim.trace.Kind;

/** The card behind its function. */
final class DmaBenchDevice implements DeviceModel, BarHandler {
    private static final long NO_PASID = -1;

    private final DmaBenchConfig config;
    private final DeviceHost host;
    private final int lane;
    private final Sampler sampler;
    private final long[] registers = new long[CardRegister.values().length];
    private long runs;

    DmaBenchDevice(DmaBenchConfig config, DeviceHost host) {
        this.config = config;
        this.host = host;
        lane = host.trace().lane(host.name());
        sampler = new Sampler(config, host, this::finished, this::faulted);
        host.function().barHandler(this);
    }

    @Override
    public void write(int bar, long offset, byte[] data, long nowPs) {
        CardRegister register = CardRegister.at(offset);
        if (register == null || data.length != Long.BYTES) {
            return;
        }
        long value = 0;
        for (int i = Long.BYTES - 1; i >= 0; i--) {
            value = value << Byte.SIZE | data[i] & 0xff;
        }
        if (register != CardRegister.CONTROL) {
            registers[register.ordinal()] = value;
            changeTable(register, value, nowPs);
        } else if (value == CardRegister.STOP) {
            sampler.stop();
        } else {
            start(nowPs, value);
        }
    }

    @Override
    public long read(int bar, long offset, int bytes, long nowPs) {
        CardRegister register = CardRegister.at(offset);
        if (register == null) {
            return 0;
        }
        return switch (register) {
            case BUSY -> sampler.isBusy() ? 1 : 0;
            case TAKEN -> sampler.taken();
            case FAILED -> sampler.failed();
            case FAULT -> sampler.mmu() == null ? CardMmu.NO_FAULT : sampler.mmu().takeFault();
            case USED_STILL -> sampler.mmu() != null && sampler.mmu().isUsedStill() ? 1 : 0;
            default -> registers[register.ordinal()];
        };
    }

    @Override
    public void reset(long nowPs) {
        sampler.reset();
        Arrays.fill(registers, 0);
    }

    @Override
    public List<String> waitingFor() {
        return sampler.isBusy()
                ? List.of("measurement after " + sampler.taken() + " samples")
                : List.of();
    }

    /** What writing a register does to the card's own page table. */
    private void changeTable(CardRegister register, long value, long nowPs) {
        CardMmu mmu = sampler.mmu();
        if (mmu == null) {
            return;
        }
        if (register == CardRegister.ENTRY) {
            mmu.set(nowPs, register(CardRegister.ENTRY_ADDRESS), value);
        } else if (register == CardRegister.REMOVE_END) {
            mmu.remove(register(CardRegister.REMOVE_START), value);
        }
    }

    private void faulted() {
        host.function()
                .interrupt(
                        register(CardRegister.FAULT_ADDRESS),
                        (int) register(CardRegister.FAULT_DATA));
    }

    /** A measurement; not while another one runs. */
    private void start(long nowPs, long control) {
        long units = register(CardRegister.WINDOW_BYTES) / config.unit();
        if (sampler.isBusy() || units == 0) {
            host.trace().tell(Kind.WORK_REFUSED, lane, pasid(), 0, runs);
            return;
        }
        runs++;
        host.trace().tell(Kind.WORK_ACCEPTED, lane, pasid(), 0, runs);
        int pasid = pasid();
        sampler.start(
                nowPs,
                new Measurement(
                        control != CardRegister.READ,
                        control == CardRegister.WRITE_READ,
                        pasid == PasidPrefix.NONE ? null : new PasidPrefix(pasid),
                        register(CardRegister.WINDOW_ADDRESS),
                        units,
                        config.hotUnits(units),
                        config.farEvery() == null ? 1 : config.farEvery(),
                        register(CardRegister.RING_ADDRESS),
                        register(CardRegister.SAMPLES)));
    }

    private void finished() {
        host.trace().tell(Kind.WORK_DONE, lane, pasid(), sampler.failed(), runs, "measured");
        if (register(CardRegister.MESSAGE_ADDRESS) != 0) {
            host.function()
                    .interrupt(
                            register(CardRegister.MESSAGE_ADDRESS),
                            (int) register(CardRegister.MESSAGE_DATA));
        }
    }

    private int pasid() {
        long value = register(CardRegister.PASID);
        return value == NO_PASID ? PasidPrefix.NONE : (int) value & PasidPrefix.MAX_PASID;
    }

    private long register(CardRegister register) {
        return registers[register.ordinal()];
    }
}
