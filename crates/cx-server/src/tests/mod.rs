//! The server in process: requests through the router, without a socket.

mod access;
mod fixture;
mod interface;
mod studies;
mod work;
