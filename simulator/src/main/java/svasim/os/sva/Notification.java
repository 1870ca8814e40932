package svasim.os.sva;

import svasim.cpu.Cpu;
import svasim.os.procedure.Call;
import svasim.os.procedure.Next;
import svasim.os.procedure.Procedure;

/**
 * A change of a number on its way to those who use it (reference 2.9), in atomic context: cores
 * first, so that nothing new is submitted; then devices; then what translates.
 */
record Notification(PasidEvent event, SetPasid number) {
    private static final long TELL_PS = 60_000;

    private static final Procedure<Notification> NOTIFY =
            Procedure.<Notification>named("ioasid_notify")
                    .step("tell cores", 0, (n, cpu) -> n.tell(PasidUser.Rank.CPU, cpu))
                    .step("tell devices", TELL_PS, (n, cpu) -> n.tell(PasidUser.Rank.DEVICE, cpu))
                    .step("tell IOMMU", TELL_PS, (n, cpu) -> n.tell(PasidUser.Rank.IOMMU, cpu))
                    .build();

    static Call<?> call(PasidEvent event, SetPasid number) {
        return new Call<>(NOTIFY, new Notification(event, number));
    }

    private Next tell(PasidUser.Rank rank, Cpu cpu) {
        return Next.call(number.set().tell(event, number, rank));
    }
}
