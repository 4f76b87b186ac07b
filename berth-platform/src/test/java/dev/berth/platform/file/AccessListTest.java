package dev.berth.platform.file;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.AclEntry;
import java.nio.file.attribute.AclEntryPermission;
import java.nio.file.attribute.AclEntryType;
import java.nio.file.attribute.AclFileAttributeView;
import java.nio.file.attribute.UserPrincipal;
import java.util.ArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@EnabledOnOs(value = OS.WINDOWS, disabledReason = "only Windows has such lists")
class AccessListTest {
    @TempDir
    Path folder;

    @Test
    void what_berth_makes_is_its_owners_alone() throws IOException {
        Path file = folder.resolve("host.berth");
        allow(folder, everybodyElse());
        try (var unfinished = UnfinishedFile.create(file)) {
            unfinished.finish();
        }
        assertThat(view(file).getAcl()).extracting(AclEntry::principal).doesNotContain(everybodyElse());
        assertThat(AccessList.stranger(file)).isNull();
        assertThat(Files.writeString(file, "x")).hasContent("x");
    }

    @Test
    void whoever_else_may_write_is_named() throws IOException {
        Path file = Files.writeString(folder.resolve("journal"), "");
        AccessList.ownerOnly(file);
        assertThat(AccessList.stranger(file)).isNull();
        allow(file, everybodyElse());
        assertThat(AccessList.stranger(file)).isEqualTo(everybodyElse().getName());
    }

    @Test
    void what_is_made_in_a_folder_of_the_owner_alone_is_too() throws IOException {
        allow(folder, everybodyElse());
        Path own = Files.createDirectory(folder.resolve("own"));
        AccessList.ownerOnly(own);
        assertThat(AccessList.stranger(Files.writeString(own.resolve("inside"), "")))
                .isNull();
    }

    /** Who may read the system folder and not write it, whatever this Windows calls them. */
    private static UserPrincipal everybodyElse() throws IOException {
        return view(Path.of(requireNonNull(System.getenv("SystemRoot")))).getAcl().stream()
                .filter(entry -> !entry.permissions().contains(AclEntryPermission.WRITE_DATA))
                .map(AclEntry::principal)
                .findFirst()
                .orElseThrow();
    }

    private static void allow(Path path, UserPrincipal account) throws IOException {
        var entries = new ArrayList<>(view(path).getAcl());
        entries.add(AclEntry.newBuilder()
                .setType(AclEntryType.ALLOW)
                .setPrincipal(account)
                .setPermissions(AclEntryPermission.values())
                .build());
        view(path).setAcl(entries);
    }

    private static AclFileAttributeView view(Path path) {
        return requireNonNull(Files.getFileAttributeView(path, AclFileAttributeView.class));
    }
}
