package svasim.cpu;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import svasim.kernel.Kernel;
import svasim.memory.Frames;
import svasim.memory.PhysicalMemory;
import svasim.pcie.fabric.DeferredAnswer;
import svasim.pcie.tlp.CompletionStatus;
import svasim.stats.Statistics;
import svasim.trace.Trace;

/** ENQCMD, ENQCMDS and IA32_PASID. */
class EnqcmdTest {
    private static final long PORTAL = 0x2000_0000_0040L;
    private static final int ALL_ONES = -1;

    private final List<byte[]> sent = new ArrayList<>();
    private final List<DeferredAnswer> answers = new ArrayList<>();
    private final Core core = core();

    private Core core() {
        return cores(Architecture.X86_64).get(0);
    }

    private Cores cores(Architecture architecture) {
        Kernel kernel = new Kernel();
        Trace trace = new Trace(kernel);
        PhysicalMemory memory = new PhysicalMemory();
        Frames frames = new Frames(memory, 1 << 20, trace);
        Bus bus =
                new Bus() {
                    @Override
                    public long read(long address, int bytes, long nowPs) {
                        return 0;
                    }

                    @Override
                    public void write(long address, byte[] data, long nowPs) {}

                    @Override
                    public void writeDeferrable(long address, byte[] data, DeferredAnswer answer) {
                        assertEquals(PORTAL, address);
                        sent.add(data);
                        answers.add(answer);
                    }
                };
        var parts = new CpuSurroundings(kernel, trace, new Statistics(), memory, frames, bus);
        return new Cores(CpuConfig.defaults().withArchitecture(architecture), parts);
    }

    private static byte[] operand(int firstWord) {
        ByteBuffer operand = ByteBuffer.allocate(64).order(ByteOrder.LITTLE_ENDIAN);
        return operand.putInt(0, firstWord).putInt(4, 0x1234_5678).array();
    }

    private int firstWordSent() {
        return ByteBuffer.wrap(sent.get(0)).order(ByteOrder.LITTLE_ENDIAN).getInt();
    }

    @Test
    void shouldFaultWithoutValidPasid() {
        assertNull(core.enqcmd(PORTAL, operand(0)));
        core.pasidRegister(0x7FFF_FFFF);
        assertNull(core.enqcmd(PORTAL, operand(0)));

        assertEquals(0, sent.size());
    }

    @Test
    void shouldBeForeignToArm() {
        Cores arm = cores(Architecture.AARCH64);
        Cores intel = cores(Architecture.X86_64);
        assertFalse(arm.usesForeignInstructions());

        arm.get(0).enqcmds(PORTAL, operand(0));
        intel.get(0).enqcmds(PORTAL, operand(0));

        assertTrue(arm.usesForeignInstructions());
        assertFalse(intel.usesForeignInstructions());
    }

    @Test
    void shouldCarryPasidOfRegisterUnprivileged() {
        core.pasidRegister(Ia32Pasid.of(0xABCDE));

        core.enqcmd(PORTAL, operand(ALL_ONES));

        assertEquals(0xABCDE, firstWordSent());
        assertEquals(
                0x1234_5678,
                ByteBuffer.wrap(sent.get(0), 4, 4).order(ByteOrder.LITTLE_ENDIAN).getInt());
    }

    @Test
    void shouldCarryPasidAndPrivilegeOfOperandInSupervisorForm() {
        core.enqcmds(PORTAL, operand(ALL_ONES));

        assertEquals(0x800F_FFFF, firstWordSent(), "bits 30:20 are reserved");
    }

    @Test
    void shouldNotChangeOperand() {
        byte[] operand = operand(0);
        core.pasidRegister(Ia32Pasid.of(5));

        core.enqcmd(PORTAL, operand);

        assertEquals(0, operand[0]);
    }

    @Test
    void shouldEndWithAnswerOfDevice() {
        core.pasidRegister(Ia32Pasid.of(1));
        Enqueue taken = core.enqcmd(PORTAL, operand(0));
        Enqueue deferred = core.enqcmd(PORTAL, operand(0));
        List<String> told = new ArrayList<>();
        deferred.whenDone(() -> told.add("done"));

        assertFalse(taken.isDone());
        answers.get(0).answered(CompletionStatus.SUCCESS, 0);
        answers.get(1).answered(CompletionStatus.REQUEST_RETRY, 0);

        assertTrue(taken.isDone() && taken.isAccepted());
        assertTrue(deferred.isDone());
        assertFalse(deferred.isAccepted());
        assertEquals(List.of("done"), told);
    }

    @Test
    void shouldKeepRegisterWithItsTask() {
        ExtendedState first = new ExtendedState();
        ExtendedState second = new ExtendedState();
        core.restore(first);
        core.pasidRegister(Ia32Pasid.of(7));
        core.save(first);

        core.restore(second);
        assertEquals(Ia32Pasid.INITIAL, core.pasidRegister());
        core.save(second);
        core.restore(first);

        assertEquals(7, Ia32Pasid.pasid(core.pasidRegister()));
    }
}
