package svasim.os.sva;

import static org.junit.jupiter.api.Assertions.assertNotNull;

import java.util.List;
import svasim.os.OsUnderTest;
import svasim.os.SimpleDevice;
import svasim.os.SimpleIommu;
import svasim.os.iommu.FeatureSubset;
import svasim.os.mm.Mm;
import svasim.os.reference.Node;

/** A policy with two devices under one unit and a third under another, and no processes. */
final class PolicyUnderTest {
    private final OsUnderTest system;
    private final SimpleIommu unit0 = new SimpleIommu(0);
    private final SimpleIommu unit1 = new SimpleIommu(1);
    private final SimpleDevice dev0;
    private final SimpleDevice dev1;
    private final SimpleDevice far;
    private final Node holder;

    PolicyUnderTest(OsUnderTest.Setup setup) {
        system = setup.build();
        dev0 = system.device("dev0", 0x0100, unit0);
        dev1 = system.device("dev1", 0x0200, unit0);
        far = system.device("far", 0x0300, unit1);
        holder = system.platform().references().node("holder");
        system.run();
        unit0.done().clear();
        unit1.done().clear();
    }

    OsUnderTest system() {
        return system;
    }

    SimpleDevice dev0() {
        return dev0;
    }

    SimpleDevice dev1() {
        return dev1;
    }

    SimpleDevice far() {
        return far;
    }

    /** What was done at the unit of dev0 and dev1, in order. */
    List<String> done() {
        return unit0.done();
    }

    /** What was done at the unit of the third device. */
    List<String> doneFar() {
        return unit1.done();
    }

    /** An address space with one user, {@link #holder}. */
    Mm mm(String name) {
        Mm mm = system.os().spaces().create(name);
        mm.getUsers(holder);
        return mm;
    }

    Node holder() {
        return holder;
    }

    BindRequest request(SimpleDevice device, Mm mm) {
        BindRequest request = new BindRequest(device.device(), mm, holder);
        system.finish(system.os().sva().bind(request));
        return request;
    }

    /** A bind of the function as a whole. */
    BindRequest requestFunction(SimpleDevice device, Mm mm) {
        BindRequest request =
                new BindRequest(device.device(), mm, holder).with(FeatureSubset.FUNCTION_SVA);
        system.finish(system.os().sva().bind(request));
        return request;
    }

    Bond bind(SimpleDevice device, Mm mm) {
        Bond bond = request(device, mm).bond();
        assertNotNull(bond);
        return bond;
    }

    String refusal(SimpleDevice device, Mm mm) {
        String refusal = request(device, mm).refusal();
        assertNotNull(refusal);
        return refusal;
    }

    void unbind(Bond bond) {
        system.finish(system.os().sva().unbind(bond));
    }

    /** The last user of the contents leaves. */
    void exit(Mm mm) {
        system.finish(mm.putUsers(holder));
    }

    int pasidsInUse() {
        return system.os().sva().pasidsInUse();
    }
}
