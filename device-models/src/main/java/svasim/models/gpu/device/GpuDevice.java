package svasim.models.gpu.device;

import java.util.ArrayList;
import java.util.List;
import svasim.device.DeviceHost;
import svasim.device.DeviceModel;
import svasim.device.Words;
import svasim.models.gpu.config.GpuConfig;
import svasim.models.gpu.config.LocalMemoryConfig;
import svasim.models.gpu.layout.LocalRegister;
import svasim.models.gpu.layout.Register;
import svasim.models.gpu.local.LocalMemory;
import svasim.models.gpu.local.LocalRegisters;
import svasim.models.gpu.local.MemoryPort;
import svasim.pcie.endpoint.BarHandler;

/** Registers and doorbells; what is behind them is told in the package's description. */
public final class GpuDevice implements DeviceModel, BarHandler {
    /** Queues that software can describe, whatever number has a slot. */
    public static final int QUEUES = 256;

    private final List<Queue> queues = new ArrayList<>();
    private final InterruptRing interrupts;
    private final Reports reports;
    private final LocalMemory memory;
    private final MemoryPort port;
    private final LocalRegisters localRegisters;
    private final CommandProcessor processor;
    private final Runlist runlist;
    private long selected;
    private long messageAddress;
    private long interruptBase;

    public GpuDevice(GpuConfig config, DeviceHost host) {
        for (int number = 0; number < QUEUES; number++) {
            queues.add(new Queue(number));
        }
        interrupts = new InterruptRing(host);
        reports = new Reports(config, host, interrupts);
        LocalMemoryConfig local = config.local();
        memory = local == null ? null : new LocalMemory(local);
        port = new MemoryPort(config, host, memory);
        localRegisters = local == null ? null : new LocalRegisters(config, host, memory, port);
        processor = new CommandProcessor(config, host, reports, port);
        runlist = new Runlist(config, host, queues, processor::pump);
        processor.runlist(runlist);
        host.function().barHandler(this);
    }

    @Override
    public void write(int bar, long offset, byte[] data, long nowPs) {
        if (bar == LocalRegister.BAR && memory != null) {
            memory.write(offset, data, 0, data.length);
        }
        if (data.length != Long.BYTES) {
            return;
        }
        long value = Words.u64(data, 0);
        if (bar == Register.DOORBELLS) {
            ring(nowPs, offset / Long.BYTES, value);
        } else if (bar == Register.BAR) {
            set((int) offset, value, nowPs);
        }
    }

    @Override
    public long read(int bar, long offset, int bytes, long nowPs) {
        if (bar == LocalRegister.BAR && memory != null) {
            byte[] found = new byte[Long.BYTES];
            memory.read(offset, found, 0, bytes);
            return Words.u64(found, 0);
        }
        if (bar != Register.BAR) {
            return 0;
        }
        if (offset >= Register.STATUS) {
            Queue queue = queues.get((int) (offset - Register.STATUS) / Long.BYTES % QUEUES);
            return queue.state() == Queue.State.OFF ? Register.IDLE : Register.BUSY;
        }
        if (isLocal(offset)) {
            return localRegisters.read((int) offset);
        }
        return switch ((int) offset) {
            case Register.INTERRUPT_WRITE -> interrupts.written();
            default -> 0;
        };
    }

    @Override
    public void reset(long nowPs) {
        port.reset();
        processor.reset();
        runlist.reset();
        reports.reset();
        if (localRegisters != null) {
            localRegisters.reset();
        }
        interrupts.reset();
        for (int number = 0; number < QUEUES; number++) {
            queues.set(number, new Queue(number));
        }
        selected = 0;
        messageAddress = 0;
        interruptBase = 0;
    }

    @Override
    public List<String> waitingFor() {
        List<String> lines = new ArrayList<>();
        for (Queue queue : queues) {
            if (queue.hasWork() && queue.state() != Queue.State.OFF || !queue.isQuiet()) {
                lines.add(String.format("queue %d of PASID %d", queue.number(), queue.pasid()));
            }
        }
        return lines;
    }

    @Override
    public void look(int bar, long offset, byte[] into) {
        if (bar == LocalRegister.BAR && memory != null) {
            memory.read(offset, into, 0, into.length);
        }
    }

    private boolean isLocal(long offset) {
        boolean inside = offset >= LocalRegister.FIRST && offset < LocalRegister.END;
        return inside && localRegisters != null;
    }

    private void set(int register, long value, long nowPs) {
        if (isLocal(register)) {
            localRegisters.write(register, value);
            return;
        }
        switch (register) {
            case Register.QUEUE -> selected = value;
            case Register.COMMAND -> command(value, nowPs);
            case Register.MESSAGE_ADDRESS -> messageAddress = value;
            case Register.MESSAGE_DATA -> interrupts.message(messageAddress, (int) value);
            case Register.INTERRUPT_BASE -> interruptBase = value;
            case Register.INTERRUPT_SIZE -> interrupts.place(interruptBase, value);
            case Register.INTERRUPT_READ -> interrupts.read(value);
            default -> queue().set(register, value);
        }
    }

    private void command(long command, long nowPs) {
        Queue queue = queue();
        if (command == Register.MAP_QUEUE && queue.state() == Queue.State.OFF) {
            queue.map();
        } else if (command == Register.UNMAP_QUEUE || command == Register.RESET_QUEUE) {
            runlist.unmap(nowPs, queue, command == Register.RESET_QUEUE);
            processor.pump();
        } else if (command == Register.EVICT_QUEUE) {
            runlist.evict(nowPs, queue);
            processor.pump();
        } else if (command == Register.RESTORE_QUEUE) {
            runlist.restore(nowPs, queue);
            processor.pump();
        }
    }

    private void ring(long nowPs, long number, long count) {
        if (number < QUEUES) {
            queues.get((int) number).ring(count);
            runlist.update(nowPs);
            processor.pump();
        }
    }

    private Queue queue() {
        return queues.get((int) Math.floorMod(selected, (long) QUEUES));
    }
}
