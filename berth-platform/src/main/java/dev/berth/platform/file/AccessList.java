package dev.berth.platform.file;

import static java.nio.file.attribute.AclEntryPermission.APPEND_DATA;
import static java.nio.file.attribute.AclEntryPermission.DELETE;
import static java.nio.file.attribute.AclEntryPermission.DELETE_CHILD;
import static java.nio.file.attribute.AclEntryPermission.WRITE_ACL;
import static java.nio.file.attribute.AclEntryPermission.WRITE_DATA;
import static java.nio.file.attribute.AclEntryPermission.WRITE_OWNER;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.AclEntry;
import java.nio.file.attribute.AclEntryFlag;
import java.nio.file.attribute.AclEntryPermission;
import java.nio.file.attribute.AclEntryType;
import java.nio.file.attribute.AclFileAttributeView;
import java.nio.file.attribute.UserPrincipal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Who may do what to a file of Windows. Whoever may write its system folder, as administrators may, may do everything to every
 * file anyway, and is meant by no rule here; which accounts these are, that folder's own list says in every language.
 */
public final class AccessList {
    private static final Set<AclEntryPermission> WRITING = Collections.unmodifiableSet(
            EnumSet.of(WRITE_DATA, APPEND_DATA, DELETE, DELETE_CHILD, WRITE_ACL, WRITE_OWNER));

    private static volatile @Nullable Set<UserPrincipal> masters; // who they are does not change while Berth runs

    private AccessList() {}

    /** Whether files here have one: on Windows. */
    private static boolean isKept(Path path) {
        return path.getFileSystem().supportedFileAttributeViews().contains("acl");
    }

    /** Leaves a file or folder that was just made to its owner alone, where it has such a list and can keep it. */
    public static void ownerOnly(Path made) throws IOException {
        if (!isKept(made)) {
            return;
        }
        var accounts = masters();
        accounts.add(Files.getOwner(made));
        var entries = new ArrayList<AclEntry>();
        for (UserPrincipal account : accounts) {
            var entry = AclEntry.newBuilder()
                    .setType(AclEntryType.ALLOW)
                    .setPrincipal(account)
                    .setPermissions(EnumSet.allOf(AclEntryPermission.class));
            if (Files.isDirectory(made)) {
                entry.setFlags(AclEntryFlag.FILE_INHERIT, AclEntryFlag.DIRECTORY_INHERIT);
            }
            entries.add(entry.build());
        }
        try {
            view(made).setAcl(entries);
        } catch (FileSystemException e) {
            if (Files.getFileStore(made).supportsFileAttributeView(AclFileAttributeView.class)) {
                throw e;
            }
        }
    }

    /** An account that is neither this user nor a master of this machine, and may write there; null where there is none. */
    public static @Nullable String stranger(Path path) throws IOException {
        if (!isKept(path)) {
            return null;
        }
        var trusted = masters();
        UserPrincipal self = self(path);
        if (self != null) {
            trusted.add(self);
        }
        return writers(path).stream()
                .filter(writer -> !trusted.contains(writer))
                .map(UserPrincipal::getName)
                .findFirst()
                .orElse(null);
    }

    private static Set<UserPrincipal> masters() throws IOException {
        Set<UserPrincipal> known = masters;
        if (known == null) {
            known = writers(Path.of(Objects.requireNonNullElse(System.getenv("SystemRoot"), "C:\\Windows")));
            masters = known;
        }
        return new LinkedHashSet<>(known);
    }

    /** The owner first, who may always let himself in. */
    private static Set<UserPrincipal> writers(Path path) throws IOException {
        var writers = new LinkedHashSet<UserPrincipal>();
        writers.add(Files.getOwner(path));
        for (AclEntry entry : view(path).getAcl()) {
            boolean here = !entry.flags().contains(AclEntryFlag.INHERIT_ONLY);
            if (here && entry.type() == AclEntryType.ALLOW && !Collections.disjoint(entry.permissions(), WRITING)) {
                writers.add(entry.principal());
            }
        }
        return writers;
    }

    private static @Nullable UserPrincipal self(Path path) {
        String domain = System.getenv("USERDOMAIN");
        String name = System.getProperty("user.name");
        try {
            return path.getFileSystem()
                    .getUserPrincipalLookupService()
                    .lookupPrincipalByName(domain == null ? name : domain + "\\" + name);
        } catch (IOException e) {
            return null; // an account of the machine itself: one of its masters, or trusted by nobody
        }
    }

    private static AclFileAttributeView view(Path path) throws IOException {
        var view = Files.getFileAttributeView(path, AclFileAttributeView.class);
        if (view == null) {
            throw new FileSystemException(path.toString(), null, "its file system does not tell who may write there");
        }
        return view;
    }
}
