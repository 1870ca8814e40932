package svasim.os.sva;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** What each policy is, in the words of the contract (reference of the life of a PASID, 2.12). */
class PoliciesTest {
    @Test
    void shouldOfferEveryDesignOfTheDiscussions() {
        assertEquals(
                List.of(
                        "amd-pin",
                        "amd-release",
                        "intel-pin",
                        "intel-clear",
                        "process-rfc",
                        "sva-ops",
                        "x86-exit",
                        "x86-mm",
                        "ioasid-ref",
                        "linux-7.1"),
                Policies.all().stream().map(Policies.Policy::name).toList());
    }

    /** A policy without peculiarities. */
    private abstract static class Plain extends PolicyContract {
        private final int users;
        private final int counts;
        private final boolean numberOutlivesUnbind;
        private final DriverIs driver;

        Plain(String name, int users, int counts, boolean outlives, DriverIs driver) {
            super(name);
            this.users = users;
            this.counts = counts;
            this.numberOutlivesUnbind = outlives;
            this.driver = driver;
        }

        @Override
        int users() {
            return users;
        }

        @Override
        int counts() {
            return counts;
        }

        @Override
        boolean numberOutlivesUnbind() {
            return numberOutlivesUnbind;
        }

        @Override
        DriverIs driver() {
            return driver;
        }
    }

    @Nested
    class AmdPinTest extends Plain {
        AmdPinTest() {
            super("amd-pin", 1, 1, false, DriverIs.NOT_TOLD);
        }

        @Override
        boolean endsAtReset() {
            return true;
        }

        @Override
        boolean endsWithThread() {
            return true;
        }
    }

    @Nested
    class AmdReleaseTest extends Plain {
        AmdReleaseTest() {
            super("amd-release", 0, 1, false, DriverIs.AWAITED);
        }

        @Override
        boolean endsAtReset() {
            return true;
        }
    }

    @Nested
    class IntelPinContract extends Plain {
        IntelPinContract() {
            super("intel-pin", 1, 1, false, DriverIs.NOT_TOLD);
        }

        @Override
        boolean leaksWithMappedFile() {
            return true;
        }
    }

    @Nested
    class IntelClearTest extends Plain {
        IntelClearTest() {
            super("intel-clear", 0, 1, false, DriverIs.NOT_TOLD);
        }
    }

    @Nested
    class ProcessRfcTest extends Plain {
        ProcessRfcTest() {
            super("process-rfc", 0, 1, false, DriverIs.TOLD_WITHOUT_SLEEP);
        }

        @Override
        boolean endsAtReset() {
            return true;
        }

        @Override
        boolean endsWithThread() {
            return true;
        }

        @Override
        boolean endsWithAddressSpace() {
            return true;
        }
    }

    @Nested
    class SvaOpsTest extends Plain {
        SvaOpsTest() {
            super("sva-ops", 0, 1, false, DriverIs.AWAITED);
        }
    }

    @Nested
    class X86ExitTest extends Plain {
        X86ExitTest() {
            super("x86-exit", 0, 1, true, DriverIs.NOT_TOLD);
        }
    }

    @Nested
    class X86MmTest extends Plain {
        X86MmTest() {
            super("x86-mm", 0, 1, true, DriverIs.NOT_TOLD);
        }
    }

    @Nested
    class IoasidRefTest extends Plain {
        IoasidRefTest() {
            super("ioasid-ref", 0, 1, true, DriverIs.NOT_TOLD);
        }
    }

    @Nested
    class Linux71Contract extends Plain {
        Linux71Contract() {
            super("linux-7.1", 0, 2, true, DriverIs.NOT_TOLD);
        }
    }
}
