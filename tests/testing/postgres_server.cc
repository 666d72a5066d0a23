#include "tests/testing/postgres_server.h"

#include <fcntl.h>
#include <grp.h>
#include <postgresql/libpq-fe.h>
#include <pwd.h>
#include <sched.h>
#include <signal.h>
#include <sys/mount.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <utility>

#include "absl/memory/memory.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_replace.h"
#include "absl/time/clock.h"
#include "absl/time/time.h"
#include "storage/status_macros.h"

namespace onrecord {
namespace testing {
namespace {

namespace fs = std::filesystem;

// Servers are shared with nothing, so a port that is in use elsewhere is fine:
// it only names the socket.
constexpr char kPort[] = "5432";
constexpr absl::Duration kStartTime = absl::Seconds(120);

std::string BinDir() {
  const char* const named = std::getenv("ONRECORD_PG_BIN");
  if (named != nullptr) return named;
  std::string newest;
  std::error_code error;
  for (const auto& version :
       fs::directory_iterator("/usr/lib/postgresql", error)) {
    const std::string bin = version.path().string() + "/bin";
    if (fs::exists(bin + "/initdb")) newest = std::max(newest, bin);
  }
  return newest;
}

// The user that servers run as in place of root.
const passwd* Unprivileged() {
  static const passwd* const user = getpwnam("nobody");
  return geteuid() == 0 ? user : nullptr;
}

// In a child process: becomes the program, or exits.
void Become(const std::vector<std::string>& command, const std::string& dir) {
  const passwd* const user = Unprivileged();
  if (user != nullptr &&
      (setgroups(0, nullptr) != 0 || setgid(user->pw_gid) != 0 ||
       setuid(user->pw_uid) != 0)) {
    _exit(126);
  }
  if (chdir(dir.c_str()) != 0) _exit(126);
  const int log =
      open((dir + "/log").c_str(), O_WRONLY | O_CREAT | O_APPEND, 0600);
  const int null = open("/dev/null", O_RDONLY);
  dup2(null, 0);
  dup2(log, 1);
  dup2(log, 2);
  prctl(PR_SET_PDEATHSIG, SIGQUIT);
  setenv("LC_ALL", "C", 1);
  std::vector<char*> arguments;
  for (const std::string& argument : command) {
    arguments.push_back(const_cast<char*>(argument.c_str()));
  }
  arguments.push_back(nullptr);
  execv(arguments[0], arguments.data());
  _exit(127);
}

absl::Status RunProgram(const std::vector<std::string>& command,
                        const std::string& dir) {
  const pid_t pid = fork();
  if (pid == 0) Become(command, dir);
  int status = 0;
  if (pid < 0 || waitpid(pid, &status, 0) != pid || status != 0) {
    return absl::InternalError(absl::StrCat(command[0], " failed: ", status));
  }
  return absl::OkStatus();
}

// Whether this process may mount disks; they are gone when it is. The first
// call must be made before there are threads.
bool CanMount() {
  static const bool can =
      geteuid() == 0 && unshare(CLONE_NEWNS) == 0 &&
      mount("none", "/", nullptr, MS_REC | MS_PRIVATE, nullptr) == 0;
  return can;
}

std::vector<pid_t> ChildrenOf(pid_t parent) {
  std::vector<pid_t> children;
  std::error_code error;
  for (const auto& entry : fs::directory_iterator("/proc", error)) {
    pid_t pid;
    if (!absl::SimpleAtoi(entry.path().filename().string(), &pid)) continue;
    std::ifstream file(entry.path() / "stat");
    std::string stat;
    std::getline(file, stat);
    // The name, in parentheses, may hold anything.
    std::istringstream rest(
        stat.substr(std::min(stat.rfind(')') + 1, stat.size())));
    std::string state;
    pid_t of = 0;
    if (rest >> state >> of && of == parent) children.push_back(pid);
  }
  return children;
}

}  // namespace

absl::Status PostgresServer::Installed() {
  if (!BinDir().empty()) return absl::OkStatus();
  return absl::NotFoundError(
      "PostgreSQL's server is not installed: install postgresql-15 to run "
      "this");
}

PostgresServer::PostgresServer(const std::string& name) : name_(name) {
  // Short, since a socket's path may not be long; and in memory where there is
  // such a place, since tests need no disk's speed.
  std::string dir = access("/dev/shm", W_OK) == 0 ? "/dev/shm" : "/tmp";
  dir += "/onrecord-pg.XXXXXX";
  if (mkdtemp(dir.data()) == nullptr) std::abort();
  dir_ = dir;
  own_disk_ = CanMount() &&
              mount("onrecord", dir_.c_str(), "tmpfs", 0, "size=512m") == 0;
  const passwd* const user = Unprivileged();
  if (user != nullptr && chown(dir_.c_str(), user->pw_uid, user->pw_gid) != 0) {
    std::abort();
  }
}

PostgresServer::~PostgresServer() {
  Kill();
  if (own_disk_) umount2(dir_.c_str(), MNT_DETACH);
  std::error_code error;
  fs::remove_all(dir_, error);
}

absl::StatusOr<std::unique_ptr<PostgresServer>> PostgresServer::Create(
    const std::string& name, const Settings& settings) {
  ONRECORD_RETURN_IF_ERROR(Installed());
  auto server = absl::WrapUnique(new PostgresServer(name));
  server->settings_ = {{"listen_addresses", ""},
                       {"unix_socket_directories", server->dir_},
                       {"port", kPort},
                       {"shared_buffers", "16MB"},
                       {"dynamic_shared_memory_type", "mmap"},
                       {"max_connections", "60"},
                       {"max_wal_size", "96MB"},
                       {"min_wal_size", "32MB"},
                       {"wal_keep_size", "64MB"},
                       {"wal_sender_timeout", "5s"},
                       {"wal_receiver_timeout", "5s"},
                       {"wal_retrieve_retry_interval", "100ms"}};
  for (const auto& [setting, value] : settings) {
    server->settings_[setting] = value;
  }
  ONRECORD_RETURN_IF_ERROR(server->InitDb());
  ONRECORD_RETURN_IF_ERROR(server->Start());
  return server;
}

absl::Status PostgresServer::InitDb() {
  return RunProgram(
      {BinDir() + "/initdb", "-D", DataDir(), "-U", "onrecord", "--auth=trust",
       "--no-sync", "--no-instructions", "--data-checksums", "--encoding=UTF8",
       "--locale=C", "--wal-segsize=8"},
      dir_);
}

absl::StatusOr<std::unique_ptr<PostgresServer>> PostgresServer::CreateStandby(
    const std::string& name, const PostgresServer& primary) {
  auto server = absl::WrapUnique(new PostgresServer(name));
  server->settings_ = primary.settings_;
  server->settings_["unix_socket_directories"] = server->dir_;
  ONRECORD_RETURN_IF_ERROR(server->Rebuild(primary));
  return server;
}

absl::Status PostgresServer::Rebuild(const PostgresServer& primary) {
  std::error_code error;
  fs::remove_all(DataDir(), error);
  ONRECORD_RETURN_IF_ERROR(RunProgram(
      {BinDir() + "/pg_basebackup", "-h", primary.dir_, "-p", kPort, "-U",
       "onrecord", "-D", DataDir(), "-X", "stream", "-c", "fast", "--no-sync"},
      dir_));
  std::ofstream(DataDir() + "/standby.signal").flush();
  Follow(primary);
  return Start();
}

void PostgresServer::Follow(const PostgresServer& primary) {
  Set({{"primary_conninfo",
        absl::StrCat("host=", primary.dir_, " port=", kPort,
                     " user=onrecord application_name=", name_)},
       {"recovery_target_timeline", "latest"}});
}

void PostgresServer::Set(const Settings& settings) {
  for (const auto& [setting, value] : settings) settings_[setting] = value;
  WriteSettings();
  Reload();
}

void PostgresServer::WriteSettings() const {
  std::ofstream file(DataDir() + "/postgresql.auto.conf");
  for (const auto& [setting, value] : settings_) {
    file << setting << " = '" << absl::StrReplaceAll(value, {{"'", "''"}})
         << "'\n";
  }
}

void PostgresServer::Reload() const {
  if (running()) kill(pid_, SIGHUP);
}

absl::Status PostgresServer::Start() {
  WriteSettings();
  std::error_code error;
  fs::remove(DataDir() + "/postmaster.pid", error);
  pid_ = fork();
  if (pid_ == 0) Become({BinDir() + "/postgres", "-D", DataDir()}, dir_);
  const absl::Status ready = AwaitReady();
  if (!ready.ok()) Kill();
  return ready;
}

absl::Status PostgresServer::AwaitReady() const {
  const std::string url = Url();
  for (const absl::Time end = absl::Now() + kStartTime; absl::Now() < end;
       absl::SleepFor(absl::Milliseconds(50))) {
    if (PQping(url.c_str()) == PQPING_OK) return absl::OkStatus();
    if (waitpid(pid_, nullptr, WNOHANG) == pid_) break;
  }
  return absl::UnavailableError(
      absl::StrCat(name_, " did not start: ", LogTail()));
}

void PostgresServer::Signal(int signal) const {
  if (!running()) return;
  const std::vector<pid_t> children = ChildrenOf(pid_);
  kill(pid_, signal);
  for (const pid_t child : children) kill(child, signal);
}

void PostgresServer::Kill() {
  if (!running()) return;
  Signal(SIGKILL);
  waitpid(pid_, nullptr, 0);
  pid_ = 0;
}

void PostgresServer::Stop() {
  if (!running()) return;
  kill(pid_, SIGINT);
  waitpid(pid_, nullptr, 0);
  pid_ = 0;
}

void PostgresServer::Pause() { Signal(SIGSTOP); }
void PostgresServer::Resume() { Signal(SIGCONT); }

absl::Status PostgresServer::Promote() {
  return RunSql(*this, "SELECT pg_promote(true, 60)").status();
}

absl::Status PostgresServer::FillDisk() {
  if (!own_disk_) {
    return absl::UnimplementedError("the server has no disk of its own");
  }
  std::ofstream ballast(dir_ + "/ballast", std::ios::binary);
  const std::string zeros(64 << 10, '\0');
  while (ballast.write(zeros.data(), zeros.size()).flush()) {
  }
  return absl::OkStatus();
}

void PostgresServer::FreeDisk() {
  std::error_code error;
  fs::remove(dir_ + "/ballast", error);
}

std::string PostgresServer::Url() const { return UrlOf({this}); }

std::string PostgresServer::LogTail() const {
  std::ifstream file(dir_ + "/log");
  std::stringstream all;
  all << file.rdbuf();
  const std::string text = all.str();
  return text.size() > 2000 ? text.substr(text.size() - 2000) : text;
}

std::string UrlOf(const std::vector<const PostgresServer*>& servers) {
  std::vector<std::string> hosts;
  for (const PostgresServer* server : servers) {
    hosts.push_back(absl::StrReplaceAll(server->socket_dir(), {{"/", "%2F"}}));
  }
  return absl::StrCat("postgresql://onrecord@", absl::StrJoin(hosts, ","),
                      "/postgres");
}

absl::StatusOr<std::string> RunSql(const PostgresServer& server,
                                   absl::string_view sql) {
  const std::string url = absl::StrCat(server.Url(), "?connect_timeout=5");
  PGconn* const connection = PQconnectdb(url.c_str());
  PGresult* const result = PQexec(connection, std::string(sql).c_str());
  const ExecStatusType status = PQresultStatus(result);
  absl::StatusOr<std::string> value = std::string();
  if (status == PGRES_TUPLES_OK && PQntuples(result) > 0) {
    value = std::string(PQgetvalue(result, 0, 0));
  } else if (status != PGRES_TUPLES_OK && status != PGRES_COMMAND_OK) {
    value = absl::UnavailableError(PQerrorMessage(connection));
  }
  PQclear(result);
  PQfinish(connection);
  return value;
}

}  // namespace testing
}  // namespace onrecord
