package svasim.models.dsa.device;

import static svasim.models.MachineUnderTest.PASID;

import svasim.models.MachineUnderTest;
import svasim.models.dsa.DsaProvider;
import svasim.models.dsa.config.DsaConfig;
import svasim.models.dsa.config.QueueConfig;
import svasim.models.dsa.layout.Command;
import svasim.models.dsa.layout.CompletionRecord;
import svasim.models.dsa.layout.Descriptor;
import svasim.models.dsa.layout.Flags;
import svasim.models.dsa.layout.Grpcfg;
import svasim.models.dsa.layout.Opcode;
import svasim.models.dsa.layout.QueueState;
import svasim.models.dsa.layout.Register;
import svasim.models.dsa.layout.Wqcfg;

/** A DSA that is driven through its registers and portals, without a kernel. */
final class DsaUnderTest {
    /** Page of completion records; mapped from the start. */
    static final long RECORDS = 0x6000_0000_0000L;

    private final DsaConfig config;
    private final MachineUnderTest machine;
    private int records;

    private DsaUnderTest(DsaConfig config) {
        this.config = config;
        machine = MachineUnderTest.with(new DsaProvider(), config);
        machine.map(PASID, RECORDS, 4096);
    }

    /** Enabled, with queue 0 for the PASID of the tests. */
    static DsaUnderTest ready() {
        return ready(new DsaConfig());
    }

    static DsaUnderTest ready(DsaConfig config) {
        DsaUnderTest dsa = new DsaUnderTest(config);
        dsa.configure();
        return dsa;
    }

    MachineUnderTest machine() {
        return machine;
    }

    void configure() {
        machine.write64(0, Register.GRPCFG, (1L << config.queues().size()) - 1);
        machine.write64(0, Register.GRPCFG + Grpcfg.ENGINES_OFFSET, (1L << config.engines()) - 1);
        writeQueue(0, PASID);
        command(Command.ENABLE_DEVICE, 0);
        command(Command.ENABLE_WQ, 0);
    }

    void writeQueue(int queue, int pasid) {
        QueueConfig queueConfig =
                config.queueList().get(Math.min(queue, config.queues().size() - 1));
        Wqcfg wqcfg = queueConfig.toRegisters();
        if (!queueConfig.isShared()) {
            wqcfg.pasid(pasid);
        }
        for (int offset = 0; offset < Wqcfg.STATE_OFFSET; offset += 4) {
            long at = Register.WQCFG + (long) queue * Wqcfg.BYTES + offset;
            machine.write32(0, at, wqcfg.dword(offset));
        }
    }

    /** Carries out a command to its end. */
    int command(Command command, int operand) {
        begin(command, operand);
        machine.run();
        return (int) (status() & Register.CMDSTS_ERROR_MASK);
    }

    void begin(Command command, int operand) {
        machine.write32(0, Register.CMD, (int) Register.command(command, operand, false));
    }

    long status() {
        return machine.read(0, Register.CMDSTS, 4);
    }

    boolean isCommandActive() {
        return (status() & Register.CMDSTS_ACTIVE) != 0;
    }

    QueueState queueState(int queue) {
        long at = Register.WQCFG + (long) queue * Wqcfg.BYTES + Wqcfg.STATE_OFFSET;
        return Wqcfg.state((int) machine.read(0, at, 4));
    }

    /** Software error, quadword 0. */
    long softwareError() {
        return machine.read(0, Register.SWERR, 8);
    }

    /**
     * Writes a descriptor to the limited portal of queue 0.
     *
     * @return address of its completion record
     */
    long submit(Descriptor.Builder descriptor) {
        long record = RECORDS + (long) records++ * CompletionRecord.BYTES;
        submitRaw(descriptor.completionAddress(record).build());
        return record;
    }

    /** ENQCMD to a portal, with the PASID and the privilege that the descriptor has. */
    boolean enqueue(long portal, Descriptor descriptor) {
        return machine.enqueue(Register.PORTALS, portal, descriptor.toBytes());
    }

    void submitRaw(Descriptor descriptor) {
        machine.write(Register.PORTALS, Register.limitedPortal(0), descriptor.toBytes());
    }

    CompletionRecord record(long address) {
        return CompletionRecord.fromBytes(machine.load(PASID, address, CompletionRecord.BYTES));
    }

    /** Hands a descriptor in and runs to its end. */
    CompletionRecord carryOut(Descriptor.Builder descriptor) {
        long record = submit(descriptor);
        machine.run();
        return record(record);
    }

    static int flags(boolean blockOnFault) {
        int flags = Flags.COMPLETION_ADDRESS_VALID | Flags.REQUEST_COMPLETION_RECORD;
        return blockOnFault ? flags | Flags.BLOCK_ON_FAULT : flags;
    }

    static Descriptor.Builder move(long from, long to, long size, boolean blockOnFault) {
        return Descriptor.builder(Opcode.MEMORY_MOVE)
                .flags(flags(blockOnFault))
                .source(from)
                .destination(to)
                .size(size);
    }
}
