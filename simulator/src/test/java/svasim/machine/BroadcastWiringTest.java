package svasim.machine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import svasim.iommu.core.BroadcastTlbi;
import svasim.kernel.Choices;
import svasim.trace.Kind;
import svasim.trace.TraceListener;

/** TLB maintenance of Arm cores reaches the SMMU of the machine. */
class BroadcastWiringTest {
    private static final long CR2 = 0x2C;
    private static final int IGNORE_BROADCASTS = 1 << 2;

    private final Hardware hardware =
            new Hardware(
                    new MachineConfig(
                            null,
                            null,
                            null,
                            null,
                            IommuConfig.of(IommuConfig.Unit.SMMUV3),
                            null,
                            null,
                            null),
                    0,
                    Choices.PLAIN);
    private final List<Object> invalidated = new ArrayList<>();

    private void shootDown() {
        hardware.trace()
                .add(
                        new TraceListener() {
                            @Override
                            public boolean wants(Kind kind) {
                                return kind == Kind.CACHE_INVALIDATED;
                            }

                            @Override
                            public void on(
                                    long id,
                                    long cause,
                                    long timePs,
                                    Kind kind,
                                    int lane,
                                    long a,
                                    long b,
                                    long c,
                                    Object subject) {
                                invalidated.add(subject);
                            }
                        });
        hardware.cores().shootDown(hardware.cores().get(0), 1, 0x1000, 0x2000);
    }

    @Test
    void shouldReachTheUnit() {
        shootDown();

        assertEquals(List.of(BroadcastTlbi.Operation.VA), invalidated);
    }

    @Test
    void shouldBeIgnoredWhereSoftwareSaysSo() {
        hardware.units().forEach(u -> u.writeRegister(CR2, Integer.BYTES, IGNORE_BROADCASTS));

        shootDown();

        assertEquals(List.of(), invalidated);
    }
}
