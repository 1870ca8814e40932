package svasim.os.sva;

import svasim.cpu.Cpu;
import svasim.os.procedure.Call;
import svasim.os.procedure.Next;
import svasim.os.procedure.Procedure;

/** A set gives a number up (ioasid_free, reference 2.9): the last of its users gives it back. */
final class Reclaiming {
    private static final Procedure<Reclaiming> FREE =
            Procedure.<Reclaiming>named("ioasid_free")
                    .sleeping("find number of set", 50_000, Reclaiming::find)
                    .step("FREE_PENDING", 0, Reclaiming::begin)
                    .build();

    private static final Procedure<PasidSet> FREE_ALL =
            Procedure.<PasidSet>named("ioasid_free_set")
                    .sleeping("free next number", 20_000, Reclaiming::freeNext)
                    .build();

    private static final Procedure<PasidSet> AWAIT =
            Procedure.<PasidSet>named("ioasid_put_set")
                    .sleeping("wait for the last user", 20_000, (set, cpu) -> set.awaitEmpty())
                    .build();

    private final PasidSet set;
    private final int guest;
    private SetPasid number;

    private Reclaiming(PasidSet set, int guest) {
        this.set = set;
        this.guest = guest;
    }

    static Call<?> call(PasidSet set, int guest) {
        return new Call<>(FREE, new Reclaiming(set, guest));
    }

    static Call<?> all(PasidSet set) {
        return new Call<>(FREE_ALL, set);
    }

    static Call<?> await(PasidSet set) {
        return new Call<>(AWAIT, set);
    }

    /** Nothing to do for a number that the set does not have, or has given up before. */
    private Next find(Cpu cpu) {
        number = set.find(guest);
        return number == null ? Next.DONE : Next.ON;
    }

    /** Who holds the number is told in the same moment: no core finds it in between. */
    private Next begin(Cpu cpu) {
        return set.beginFree(number) ? Next.call(set.tell(PasidEvent.FREE, number)) : Next.DONE;
    }

    private static Next freeNext(PasidSet set, Cpu cpu) {
        return set.numbers().stream()
                .filter(number -> !number.isFreePending())
                .findFirst()
                .<Next>map(number -> new Next.EnterAgain(call(set, number.guest())))
                .orElse(Next.DONE);
    }
}
