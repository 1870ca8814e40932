package svasim.iommu.vtd;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntConsumer;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import svasim.iommu.core.RegisterFile;
import svasim.iommu.core.VirtualCommands;

/** VCMD, VCRSP and VCCAP of an emulated unit. */
class VirtualCommandTest {
    private final List<String> asked = new ArrayList<>();
    private final List<IntConsumer> answers = new ArrayList<>();
    private final RegisterFile registers =
            new RegisterFile(List.of(new VirtualCommandRegisters(new Software())));

    private final class Software implements VirtualCommands {
        @Override
        public void allocate(IntConsumer done) {
            asked.add("allocate");
            answers.add(done);
        }

        @Override
        public void free(int pasid, IntConsumer done) {
            asked.add("free " + pasid);
            answers.add(done);
        }
    }

    private long response() {
        return registers.read(0xE10, 8);
    }

    @Test
    void shouldSayThatPasidsCanBeAllocated() {
        assertEquals(1, registers.read(0xE30, 8));
    }

    @Test
    void shouldBeInProgressUntilSoftwareHasAnswered() {
        registers.write(0xE00, 8, 1);
        assertEquals(1, response());

        answers.get(0).accept(0x12345);

        assertEquals(0x1_2345_0000L, response());
        assertEquals(List.of("allocate"), asked);
    }

    @Test
    void shouldTakePasidOfFreeFromBits35To16() {
        registers.write(0xE00, 8, 0xF_FFFF_0002L);
        answers.get(0).accept(0xF_FFFF);

        assertEquals(List.of("free 1048575"), asked);
        assertFalse(VirtualCommand.isRunning(response()));
    }

    @Test
    void shouldTakeOperandThatWasWrittenInHalves() {
        registers.write(0xE04, 4, 0x1);
        registers.write(0xE00, 4, 0x2345_0002);

        assertEquals(List.of("free " + 0x12345), asked);
    }

    @Test
    void shouldRefuseWithStatus16() {
        registers.write(0xE00, 8, 1);
        answers.get(0).accept(VirtualCommands.NONE);

        assertEquals(16 << 1, response());
    }

    @Test
    void shouldIgnoreCommandWhileOneRuns() {
        registers.write(0xE00, 8, 1);
        registers.write(0xE00, 8, 0x5_0002);

        assertEquals(List.of("allocate"), asked);
    }

    @Test
    void shouldSayThatCommandIsUndefined() {
        registers.write(0xE00, 8, 0x77);

        assertEquals(VirtualCommand.UNDEFINED, VirtualCommand.status(response()));
    }

    @Property
    void shouldReadResponseAsWritten(
            @ForAll @IntRange(max = 127) int status, @ForAll @IntRange(max = 0xF_FFFF) int pasid) {
        long response = VirtualCommand.response(status, pasid);

        assertEquals(status, VirtualCommand.status(response));
        assertEquals(pasid, VirtualCommand.pasid(response));
        assertEquals(pasid, VirtualCommand.operand(VirtualCommand.free(pasid)));
    }
}
