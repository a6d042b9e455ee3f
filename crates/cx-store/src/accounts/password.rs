//! Passwords: kept as Argon2id, hashed on a thread of their own.

use crate::{Error, PasswordCost, Secret, Store};
use argon2::password_hash::{PasswordHasher as _, PasswordVerifier as _, phc::PasswordHash};
use argon2::{Algorithm, Argon2, Params, Version};

/// Longer ones are refused: nobody remembers them, and hashing them costs the server.
const LONGEST: usize = 1024;

impl Store {
    /// Hashes a new password.
    pub(super) async fn hash_password(&self, password: &Secret) -> Result<String, Error> {
        let shortest = self.policy.shortest_password;
        if password.expose().chars().count() < shortest {
            return Err(Error::invalid("password", format!("it needs at least {shortest} characters")));
        }
        if password.expose().len() > LONGEST {
            return Err(Error::invalid("password", format!("it is longer than {LONGEST} bytes")));
        }
        let mut salt = [0; 16];
        self.entropy.fill(&mut salt)?;
        let (password, cost) = (password.clone(), self.policy.password_cost);
        self.on_a_thread(move || {
            let hash = hasher(cost)?.hash_password_with_salt(password.expose().as_bytes(), &salt);
            hash.map(|hash| hash.to_string()).map_err(|error| broken(&error))
        })
        .await
    }

    /// True where the password is the one that was hashed. Without a hash it
    /// takes as long and says no, so that time does not tell who has an account.
    pub(super) async fn verify_password(&self, password: &Secret, hash: Option<&str>) -> Result<bool, Error> {
        if password.expose().len() > LONGEST {
            return Ok(false);
        }
        let cost = self.policy.password_cost;
        let (password, hash) = (password.clone(), hash.map(str::to_owned));
        self.on_a_thread(move || {
            let Some(hash) = hash else {
                let tried = hasher(cost)?.hash_password_with_salt(password.expose().as_bytes(), &[0; 16]);
                return tried.map(|_| false).map_err(|error| broken(&error));
            };
            let hash = PasswordHash::new(&hash).map_err(|error| broken(&error.into()))?;
            // The parameters are the hash's own: older ones stay valid after the policy has changed.
            Ok(Argon2::default().verify_password(password.expose().as_bytes(), &hash).is_ok())
        })
        .await
    }

    async fn on_a_thread<T: Send + 'static>(
        &self,
        work: impl FnOnce() -> Result<T, Error> + Send + 'static,
    ) -> Result<T, Error> {
        let _turn = self.hashing.acquire().await.map_err(|error| Error::Unavailable(error.to_string()))?;
        tokio::task::spawn_blocking(work).await.map_err(|error| Error::Unavailable(error.to_string()))?
    }
}

fn hasher(cost: PasswordCost) -> Result<Argon2<'static>, Error> {
    let params = Params::new(cost.memory, cost.passes, 1, None)
        .map_err(|error| Error::invalid("password cost", error.to_string()))?;
    Ok(Argon2::new(Algorithm::Argon2id, Version::V0x13, params))
}

fn broken(error: &argon2::password_hash::Error) -> Error {
    Error::Damaged(format!("a password's hash cannot be made or read: {error}"))
}
