// SPDX-License-Identifier: Apache-2.0
#include "emulator_client.hpp"

#include <fcntl.h>
#include <spawn.h>
#include <unistd.h>

#include <cstring>
#include <sstream>
#include <stdexcept>

namespace standin {
namespace {

template <class T>
std::string bytesOf(T value) {
  return std::string(reinterpret_cast<const char*>(&value), sizeof(T));
}

std::string bytesOf(const std::string& text) {
  return bytesOf<u32>(static_cast<u32>(text.size())) + text;
}

/** Moves all bytes by `move`, read or write, which may move less at a time. */
template <class Move, class Bytes>
void all(Move move, int file, Bytes* bytes, size_t count) {
  while (count > 0) {
    ssize_t moved = move(file, bytes, count);
    if (moved <= 0) throw std::runtime_error("the emulator has ended");
    bytes += moved;
    count -= moved;
  }
}

}  // namespace

EmulatorClient::EmulatorClient(const std::string& program) {
  int down[2];
  int up[2];
  if (pipe2(down, O_CLOEXEC) != 0 || pipe2(up, O_CLOEXEC) != 0) {
    throw std::runtime_error("no pipe to the emulator");
  }
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_adddup2(&actions, down[0], 0);
  posix_spawn_file_actions_adddup2(&actions, up[1], 1);
  char* arguments[] = {const_cast<char*>(program.c_str()), nullptr};
  pid_t child;
  int failure = posix_spawn(&child, program.c_str(), &actions, nullptr, arguments, environ);
  posix_spawn_file_actions_destroy(&actions);
  close(down[0]);
  close(up[1]);
  if (failure != 0) throw std::runtime_error(program + ": " + std::strerror(failure));
  requests = down[1];
  replies = up[0];
  std::istringstream lines(ask(5, ""));
  for (std::string name, types; lines >> name && std::getline(lines, types);) {
    kernels[name] = types.substr(types.find_first_not_of(' '));
  }
}

u64 EmulatorClient::allocate(u64 bytes, const std::string& what) {
  u64 address;
  std::memcpy(&address, ask(0, bytesOf(bytes) + bytesOf(what)).data(), sizeof(address));
  return address;
}

void EmulatorClient::free(u64 address) { ask(1, bytesOf(address)); }

void EmulatorClient::write(u64 address, const void* from, u64 bytes) {
  ask(2, bytesOf(address) + std::string(static_cast<const char*>(from), bytes));
}

void EmulatorClient::read(u64 address, void* into, u64 bytes) {
  std::memcpy(into, ask(3, bytesOf(address) + bytesOf(bytes)).data(), bytes);
}

void EmulatorClient::fill(u64 address, unsigned char value, u64 bytes) {
  ask(6, bytesOf(address) + bytesOf(bytes) + bytesOf<u32>(value));
}

void EmulatorClient::launch(const std::string& kernel, const u32 (&grid)[3], u32 block,
                            const std::vector<u64>& arguments) {
  std::string fields = bytesOf(kernel) + bytesOf(grid[0]) + bytesOf(grid[1]) + bytesOf(grid[2]) +
                       bytesOf(block) + bytesOf<u32>(static_cast<u32>(arguments.size()));
  for (u64 argument : arguments) fields += bytesOf(argument);
  ask(4, fields + bytesOf<u32>(0));
}

std::string EmulatorClient::ask(u32 operation, const std::string& fields) {
  std::string request = bytesOf<u64>(sizeof(operation) + fields.size()) + bytesOf(operation) + fields;
  all(::write, requests, request.data(), request.size());
  u64 bytes;
  u32 status;
  all(::read, replies, reinterpret_cast<char*>(&bytes), sizeof(bytes));
  all(::read, replies, reinterpret_cast<char*>(&status), sizeof(status));
  std::string reply(bytes - sizeof(status), '\0');
  all(::read, replies, &reply[0], reply.size());
  if (status != 0) throw std::runtime_error(reply);
  return reply;
}

}  // namespace standin
